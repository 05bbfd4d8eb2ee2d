"""Questions in words, answered as records: what was asked, what the documents and the plans state, and where."""
