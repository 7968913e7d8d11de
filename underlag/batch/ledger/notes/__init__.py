"""Notes of people in the ledger, and results of follow-ups."""
