"""The command that makes the static twin afresh."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads the parameters' types when it runs
from typing import Annotated

import typer


def publish(
    folder: Annotated[Path | None, typer.Option(help="置く場所(なければ PORTAL_HOME/site) / folder")] = None,
) -> None:
    """公開ページをファイルとして作り直す / Make all public pages afresh as plain files."""
    from pages.console import published  # noqa: PLC0415  # all other commands start in half the time without it

    published.publish(folder)
