"""The explorer over the web: put together beside the server, which goes on answering, and kept for the next start."""
