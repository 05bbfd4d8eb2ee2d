"""Lists of postcodes as publishers publish them: read as columns, kept small, folded into the tables."""
