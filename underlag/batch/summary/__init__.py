"""The summary of a batch: sammanstallning.json, .html and .xlsx."""
