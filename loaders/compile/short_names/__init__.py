"""What people call bodies for short."""
