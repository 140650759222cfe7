"""Ways to show an outcome; a file is a format of `--format`, its `show(outcome, …)` prints it."""
