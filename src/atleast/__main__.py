"""`python -m atleast` is the command `atleast`."""

from atleast.cli import main

if __name__ == "__main__":
    main(prog_name="atleast")
