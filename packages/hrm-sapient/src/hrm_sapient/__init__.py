"""The HRM model stack that follows Sapient's releases."""
