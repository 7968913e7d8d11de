"""The rules, a module for each family of findings; its docstring names the codes."""
