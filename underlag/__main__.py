"""Lets `python -m underlag` run the program `underlag`."""

from underlag.cli.main import main

main()
