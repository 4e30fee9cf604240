"""The experimental HRM model stack with its hierarchy in time."""
