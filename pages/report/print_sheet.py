"""One page of HTML as a PDF in a process of its own: ``python -m pages.report.print_sheet`` from stdin to stdout."""

from __future__ import annotations

import os
import sys
from typing import Final

from pages.report.printing import pdf_of
from portal.errors import ConflictError

NO_LIBRARY: Final = 3
"""What it ends with where WeasyPrint's libraries are not on this machine."""
NICENESS: Final = 15
"""Whoever asks the portal something comes before whoever waits for paper."""


def main() -> int:
    """Print; ends with 0, or with :data:`NO_LIBRARY`."""
    os.nice(NICENESS)
    html = sys.stdin.buffer.read().decode()
    try:
        pdf = pdf_of(html)
    except ConflictError:
        return NO_LIBRARY
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
