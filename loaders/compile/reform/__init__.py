"""The reform ahead: what was planned, and what came of it."""
