"""``python -m dinhlang`` is the command ``dinhlang``."""

import sys

from dinhlang.cli import main

if __name__ == "__main__":
    sys.exit(main())
