"""Files that others made: read only where they are files, and only as far as the limits go."""
