"""The commands; a file is a command, its name the word that calls it."""
