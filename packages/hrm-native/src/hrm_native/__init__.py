"""The experimental HRM model stack whose two levels run at different speeds."""
