"""Work shared out among processes, and what each process reads for itself."""
