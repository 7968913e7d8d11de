"""What people note in the ledger, and what a follow-up found."""
