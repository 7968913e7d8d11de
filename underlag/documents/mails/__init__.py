"""Mail drafts: to customer service, and the reply to the region."""
