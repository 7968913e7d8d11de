"""What a run of `underlag kundservice` shows in the terminal."""
