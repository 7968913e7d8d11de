"""Input files from outside: only regular files, and only up to size limits."""
