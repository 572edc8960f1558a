"""`python -m benchmarks.parse DIR`: reading the messages of a directory, beside Python's own `email`."""

import sys
from pathlib import Path

from benchmarks.tables.parse import ordinary

if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python -m benchmarks.parse DIR   (a directory of .eml files)")
    print(ordinary(Path(sys.argv[1])).markdown())
