"""The commands, by what they ask about."""
