"""Loaders make facts: from published tables to the project's own, and from those into a store."""
