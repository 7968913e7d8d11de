"""The commands as a web page on one's own machine: thin over the public functions, with no rule of its own.

Flask and waitress come with the extra `webb`; only the command `underlag webb` imports this package.
"""
