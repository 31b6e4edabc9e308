"""Making the static twin afresh, told on the console."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import typer

from pages import built_in, wiring
from pages.console.speaking import tell
from pages.twin import life
from pages.twin.keeping import Keeper
from pages.twin.writing import Folder, check_ours
from portal import clock

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1_000_000


def publish(folder: Path | None) -> None:
    """Make all of it in ``folder``, or where the portal keeps it, and say what was made.

    Ends the command with the status 1 where a file could not be made.
    """
    into = (folder or life.site()).absolute()
    check_ours(into)
    try:
        built_in.init_store(wiring.store(), wiring.settings(), clock.today())
        _publish(into, own=folder is None)
    finally:
        wiring.close()


def _publish(into: Path, *, own: bool) -> None:
    """Make everything but the slow files beside what is there, swap it in whole, and add the slow ones."""
    began = time.monotonic()
    keeper = Keeper(Folder(into.with_name(f"{into.name}.new-{secrets.token_hex(4)}")))
    if own:
        life.manifest_file().unlink(missing_ok=True)
    keeper.once(slow=False)
    keeper.folder.swap(into)
    _tell("twin.published", keeper, began, into)
    if keeper.waiting:
        tell("twin.slow", count=keeper.waiting)
        keeper.once()
        _tell("twin.published", keeper, began, into)
    if own:
        keeper.save(life.manifest_file())
    if keeper.failed:
        tell("twin.failed", count=len(keeper.failed), path=min(keeper.failed))
        raise typer.Exit(code=1)


def _tell(key: str, keeper: Keeper, began: float, into: Path) -> None:
    sizes = keeper.folder.sizes().values()
    seconds = f"{time.monotonic() - began:.1f}"
    tell(key, folder=str(into), files=f"{len(sizes):,}", megabytes=f"{sum(sizes) / MEGABYTE:.1f}", seconds=seconds)
