"""A user's own tables, which are laid over the project's: chosen, read with suspicion, checked, and begun."""
