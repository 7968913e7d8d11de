"""The commands as a web page: a thin layer over the public functions, without rules of its own.

Flask and waitress come with the extra `webb`; only the command `underlag webb` imports this package.
"""
