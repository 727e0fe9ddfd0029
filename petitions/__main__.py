"""`python -m petitions`."""

from petitions.cli import main

if __name__ == "__main__":
    main()
