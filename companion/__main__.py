"""`python -m companion` is the same as the command `kwartier`."""

from companion.cli import main

main()
