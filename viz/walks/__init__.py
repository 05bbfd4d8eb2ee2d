"""Cases that were walked through the structure, as a page."""
