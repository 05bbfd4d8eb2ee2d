"""Where the graph is kept: one file (SQLite), memory (NetworkX) or a server (Neo4j); all answer the same."""
