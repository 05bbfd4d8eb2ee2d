"""Questions: free functions that take a store, a text and a day, and give facts back.

Each is imported from its own module, so that one question loads nothing of another: `place.find`, `body.search`,
`body.show`, `body.listing`, `change.lineage`, `change.diff`, `change.crosswalk`, `change.reforms`, `commissioning.who`,
`commissioning.what`, `commissioning.accountability`, `documents.statements`, `documents.reconcile`, `plans.plans`,
`plans.outcome`, `structure.snapshot`, `table.annotate` and `citing`. `orgmap.open()` has them all as methods.
"""
