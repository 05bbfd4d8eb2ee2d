"""Look-ups of areas as the ONS publishes them: which neighbourhood, group or district lay in which body, and when."""
