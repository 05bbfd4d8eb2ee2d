"""The structure before and after a change."""
