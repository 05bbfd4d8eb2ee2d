"""Who replaced whom, through all eras."""
