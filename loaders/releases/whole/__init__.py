"""The whole register of one release: read quickly, kept as it is, built into a file for look-ups."""
