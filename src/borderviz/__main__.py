"""`python -m borderviz` is the command `borderviz`."""

from borderviz.cli import main

if __name__ == "__main__":
    main()
