"""`python -m pirights` is the same as the command `pirights`."""

from pirights.cli.main import main

if __name__ == "__main__":
    main()
