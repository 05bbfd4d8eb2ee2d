"""The register of organisations beside the graph: what it holds, and how it is asked."""
