"""What the live register changed: asked record by record, read, and loaded as a release."""
