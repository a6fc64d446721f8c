"""A reviewer's file to remarks with anchors, and the ledger that shows nothing was lost."""
