"""Cases walked step by step through the structure of a day, or of two."""
