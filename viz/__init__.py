"""Pictures draw facts that questions returned; they look nothing up themselves."""
