"""``python -m litcheck``."""

from litcheck.cli import main

if __name__ == "__main__":
    main()
