"""`python -m obskit` is `obskit`."""

from obskit.cli import main

main()
