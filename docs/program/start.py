"""The program as PyInstaller starts it: without arguments, as by a double click, it opens the page."""

import multiprocessing
import sys

from underlag.cli.main import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if len(sys.argv) == 1:
        sys.argv.append("webb")
    main()
