"""The command line: a thin skin over `queries`, with the same words."""

import gc

# Loading modules makes many objects and no rubbish: the collector would only slow a look-up down.
gc.set_threshold(100_000, 20, 20)
