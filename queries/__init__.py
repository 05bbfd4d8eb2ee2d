"""Questions: free functions that take a store, a text and a day, and give facts back.

Each is imported from its own module, so that one question loads nothing of another:
`orgmap.queries.place.find.find`, `orgmap.queries.body.search.search`, `orgmap.queries.body.show.show`, `orgmap.queries.body.listing.list_bodies`,
`orgmap.queries.change.lineage.lineage`, `orgmap.queries.change.diff.diff`, `orgmap.queries.change.crosswalk.crosswalk`,
`orgmap.queries.table.annotate.Annotator`, `orgmap.queries.change.reforms.reform`, `orgmap.queries.documents.statements.stated`,
`orgmap.queries.citing.cite`, `orgmap.queries.structure.snapshot.snapshot`.
"""
