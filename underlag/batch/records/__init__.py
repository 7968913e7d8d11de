"""Records of the workbooks of a batch, and of the state of the ledger after it."""
