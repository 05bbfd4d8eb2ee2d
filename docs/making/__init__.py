"""Makes the pages that follow from the program, its tables and its tests, and builds all pages into a site."""
