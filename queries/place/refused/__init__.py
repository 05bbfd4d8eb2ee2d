"""What is no place in England: why, and which places are offered instead."""
