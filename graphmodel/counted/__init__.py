"""What published tables count, row by row: people and prescribing of practices."""
