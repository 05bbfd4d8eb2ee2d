"""What lies within what, and how bodies relate on a day."""
