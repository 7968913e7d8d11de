"""`python -m underlag` is the program `underlag`."""

from underlag.cli.main import main

main()
