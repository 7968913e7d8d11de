"""Notes of people in the ledger, results of follow-ups, and sentences about what the ledger shows."""
