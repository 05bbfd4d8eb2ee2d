"""Areas, postcodes and names of places."""
