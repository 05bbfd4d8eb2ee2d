"""GP practices and their networks, with every membership."""
