"""The server: the questions as an API, a page for everything that has an id, and the pages for people."""
