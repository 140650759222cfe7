"""The checks; a file is a check, its name the id, its docstring the page."""
