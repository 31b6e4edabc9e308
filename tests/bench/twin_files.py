"""The static twin of the store in ``PORTAL_HOME``, without PDF: ``python -m tests.bench.twin_files``."""

from __future__ import annotations

from pages import wiring
from pages.twin import life
from pages.twin.keeping import Keeper
from pages.twin.writing import Folder


def main() -> None:
    """Make it; raises RuntimeError where a page could not be made."""
    try:
        keeper = Keeper(Folder(life.site()))
        keeper.once(slow=False)
        if keeper.failed:
            raise RuntimeError(sorted(keeper.failed)[:9])
    finally:
        wiring.close()


if __name__ == "__main__":
    main()
