"""The rules: a module for each family of findings, whose docstring lists the codes."""
