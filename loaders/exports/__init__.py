"""The graph written for other programs."""
