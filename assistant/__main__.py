"""`python -m assistant` is `communique`."""

from assistant.cli import main

main(prog_name="communique")
