"""The commands below `underlag register`."""
