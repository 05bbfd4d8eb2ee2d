"""Questions: free functions that take a store, a text and a day, and give facts back.

Each is imported from its own module, so that one question loads nothing of another:
`queries.find.find`, `queries.search.search`, `queries.show.show`, `queries.listing.list_bodies`,
`queries.lineage.lineage`, `queries.diff.diff`, `queries.crosswalk.crosswalk`,
`queries.annotate.Annotator`, `queries.reforms.reform`, `queries.statements.stated`,
`queries.citing.cite`, `queries.snapshot.snapshot`.
"""
