"""What the answers of a `Graph` hold, field by field: one file for each sort of question."""
