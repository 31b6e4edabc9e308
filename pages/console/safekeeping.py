"""The commands that keep what was written safe: the journal, the store made anew, backups."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads the parameters' types when it runs

import typer

from pages import wiring
from pages.console import journal_report
from pages.console.speaking import console, language
from portal import clock

journal = typer.Typer(no_args_is_help=True, help="変更の記録 / The journal of all changes")


@journal.command()
def verify() -> None:
    """記録に欠けや書き換えがないか、データと合うか調べる / Look for changed, missing or cut entries."""
    journal_report.show_verified(console, wiring.verify(), language())


def rebuild() -> None:
    """変更の記録だけからデータを作り直す / Make the store again from the journal alone."""
    journal_report.show_rebuilt(console, wiring.rebuild(clock.now()), language())


def backup(folder: Path) -> None:
    """控えを取る(動かしたままでよい) / Make a backup; the portal may go on running."""
    journal_report.show_backed_up(console, wiring.back_up(folder, clock.now()), str(folder), language())


def restore(folder: Path) -> None:
    """控えから元に戻す / Put a backup in place; what was there is kept aside."""
    journal_report.show_restored(console, wiring.restore(folder, clock.now()), language())
