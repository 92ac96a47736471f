"""`python -m server` is `netbrief`."""

from server.cli import main

main()
