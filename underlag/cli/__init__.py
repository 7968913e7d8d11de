"""The command line: thin over the public functions, in Swedish."""

from underlag.cli.shared.swedish import speak_swedish

# Before any command is made: click looks some of its words up then, and keeps them.
speak_swedish()
