"""The tables as nodes and relationships, and loading them into a Neo4j server."""
