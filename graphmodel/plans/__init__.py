"""What is to come: plans as somebody stated them, and what they mean for bodies."""
