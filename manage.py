"""The portal's commands: ``python manage.py --help`` lists them."""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from pages import wiring
from pages.built_in import init_store
from pages.console import import_report, publishing, records, safekeeping
from pages.console.speaking import complaints, console, language, tell
from pages.forms.going import public_base
from portal import clock, editing, inviting, reporting, setting_up, undoing
from portal.errors import ConflictError, PortalError
from portal.model.batch import ImportKind
from portal.model.mark import CONSOLE, Mark
from portal.words import say, say_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.settings import Settings
    from portal.store import Store

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(safekeeping.journal, name="journal")
app.command()(safekeeping.rebuild)
app.command()(safekeeping.backup)
app.command()(safekeeping.restore)
app.command()(publishing.publish)

Code = Annotated[str, typer.Option("--municipality", help="市区町村コード(5桁) / municipality code")]
DayOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="YYYY-MM-DD")]


@contextmanager
def opened() -> Iterator[tuple[Store, Settings]]:
    """The store, made ready, and the settings; it is closed however the command ends."""
    settings = wiring.settings()
    try:
        init_store(wiring.store(), settings, clock.today())
        yield wiring.store(), settings
    finally:
        wiring.close()


@app.command()
def init(
    *, no_sample: Annotated[bool, typer.Option("--no-sample", help="見本を入れない / no samples")] = False
) -> None:
    """データの置き場を用意する / Make the store ready, with the built-in areas and samples."""
    if no_sample:
        os.environ["PORTAL_SAMPLE"] = "off"
    new = not (wiring.settings().home / wiring.FILE).exists()
    with opened() as (store, settings):
        samples = len(store.places_of_datasets([setting_up.SAMPLE]))
        values = {"home": str(settings.home), "municipalities": len(store.municipalities()), "samples": samples}
        tell("console.ready" if new else "console.ready_before", **values)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="待ち受けるアドレス / address")] = None,
    port: Annotated[int | None, typer.Option(help="待ち受けるポート / port")] = None,
) -> None:
    """ポータルを開く / Open the portal."""
    if host:
        os.environ["PORTAL_HOST"] = host
    if port:
        os.environ["PORTAL_PORT"] = str(port)
    with opened() as (_, settings):
        _bindable(settings.host, settings.port)
    import uvicorn  # noqa: PLC0415  # other commands need not wait for the server's libraries

    tell("console.address", address=f"http://{settings.host}:{settings.port}/")
    uvicorn.run(
        "app:app",
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        proxy_headers=False,  # whom to believe about X-Forwarded-For is the setting trusted_proxy
        ws_max_size=16 * 1024 * 1024,
    )


def _bindable(host: str, port: int) -> None:
    """Raise ConflictError where another program listens already, before anything says that the portal is open."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise ConflictError("console.cannot_listen", host=host, port=port) from None


@app.command(name="import")
def import_(
    kind: ImportKind,
    files: list[Path],
    municipality: Code = "",
    layer: Annotated[str, typer.Option(help="区域の種類 / layer (elementary, junior_high …)")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="書き込まずに調べる / write nothing")] = False,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="不受理の行を除いて取り込む / import the rest without refused rows")
    ] = False,
    name_field: Annotated[str | None, typer.Option(help="区域名の列 / field that names the districts")] = None,
    crs: Annotated[str | None, typer.Option(help="座標系 / CRS, e.g. EPSG:6677")] = None,
    datum: Annotated[str, typer.Option(help="日本測地系なら tokyo / tokyo for the old Tokyo datum")] = "",
    place_kind: Annotated[str, typer.Option(help="場所の種別 / kind of place")] = "",
    mapping: Annotated[Path | None, typer.Option(help="列の対応を書いた TOML / mapping of columns")] = None,
    first_day: DayOption = None,
    source_name: Annotated[str, typer.Option(help="出典の名前 / name of the source")] = "",
    licence: Annotated[str, typer.Option(help="利用条件 / licence")] = "",
    credit: Annotated[str, typer.Option(help="出典の表示 / credit to be shown")] = "",
    as_of: DayOption = None,
) -> None:
    """公開されているファイルを取り込む / Import a published file: all of it or nothing."""
    from pages import intake  # noqa: PLC0415  # other commands need not wait for the readers' libraries
    from portal.importing.plan import carry_out  # noqa: PLC0415  # as above
    from portal.model.source import Source  # noqa: PLC0415  # as above

    request = intake.Request(
        kind=kind,
        files=tuple(files),
        at=clock.now(),
        municipality=municipality,
        layer=layer,
        name_field=name_field,
        crs=crs,
        datum=datum,
        place_kind=place_kind,
        mapping=mapping,
        first_day=first_day.date() if first_day else None,
        source=Source(source_name, licence, as_of.date() if as_of else None, credit),
        skip_refused=skip_refused,
    )
    with opened() as (store, _):
        with steps() as step:
            step(say("console.reading", language()))
            plan = intake.plan(store, request)
            if not dry_run and not plan.stopped:
                step(say("console.writing", language()))
                carry_out(store, plan)
        import_report.show(console, plan, language(), dry_run=dry_run)
    raise typer.Exit(code=1 if plan.stopped else 0)


@app.command()
def undo(batch: str) -> None:
    """取り込みを取り消す / Take an import back."""
    with opened() as (store, _):
        undoing.undo(store, batch, clock.now())
        tell("console.undone", batch=batch)


@app.command()
def batches() -> None:
    """取り込みの一覧 / List the imports."""
    with opened() as (store, _):
        records.show_batches(console, store, language())


@app.command()
def notes() -> None:
    """読んだ人からのお知らせの一覧 / List what readers reported as wrong."""
    with opened() as (store, _):
        records.show_notes(console, store, language())


@app.command()
def edit(place: str, field: str, value: str) -> None:
    """場所の項目を手で直す / Set a field of a place by hand; imports keep it."""
    with opened() as (store, _):
        mark = Mark(clock.now(), CONSOLE, "edit")
        edited = editing.edit(store, place, {field: editing.read_value(field, value)}, clock.today(), mark)
        tell("console.edited", name=edited.facts.name, field=field)


@app.command()
def report(*, as_json: Annotated[bool, typer.Option("--json", help="JSON で / as JSON")] = False) -> None:
    """市区町村ごとの集計 / Figures by municipality, kind and district."""
    with opened() as (store, _):
        figures = reporting.report(store, clock.today())
    if as_json:
        sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    else:
        records.show_figures(console, figures, language())


@app.command()
def review(
    *,
    municipality: Code = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON で / as JSON")] = False,
    samples: Annotated[bool, typer.Option("--samples", help="見本も数える / count samples, too")] = False,
) -> None:
    """充足状況・利用・指標のふりかえり / Coverage, reach, use and indicators, as the screens show them."""
    from portal import review_json  # noqa: PLC0415  # other commands need not wait for scipy

    with opened() as (store, _):
        figures = review_json.review(store, [municipality] if municipality else [], clock.today(), samples=samples)
    if as_json:
        sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    else:
        records.show_review(console, figures, language())


@app.command()
def municipality(
    code: str,
    name: Annotated[str, typer.Option(help="名前 / name")] = "",
    name_en: Annotated[str, typer.Option(help="英語の名前 / English name")] = "",
    centre: Annotated[str, typer.Option(help="緯度,経度 / LAT,LON")] = "",
    direct_welfare: Annotated[
        bool | None, typer.Option(help="開設した福祉避難所に直接行けるか / may one go to an open welfare site directly")
    ] = None,
    trust_after: Annotated[
        int | None, typer.Option(help="この件数の承認の後は承認なしで公開 / approved posts before a group is trusted")
    ] = None,
) -> None:
    """市区町村を追加する、または改める / Add a municipality, or change one."""
    with opened() as (store, _):
        known = any(item.code == code for item in store.municipalities())
        if not known:
            setting_up.add_municipality(store, setting_up.new_municipality(code, name, name_en, centre))
        changed = setting_up.change_municipality(
            store, code, (name, name_en, centre), direct_welfare=direct_welfare, trust_after=trust_after
        )
        tell("console.municipality_changed" if known else "console.municipality_added", name=changed.name, code=code)


@app.command()
def kind(
    key: str,
    name: Annotated[str, typer.Option(help="名前 / name")],
    name_en: Annotated[str, typer.Option(help="英語の名前 / English name")],
    municipality: Code,
    colour: Annotated[str, typer.Option(help="#rrggbb")] = "#5a5a5a",
    letter: Annotated[str, typer.Option(help="記号1文字 / one letter")] = "",
) -> None:
    """市区町村独自の種別を追加する / Add a kind of place of a municipality's own."""
    with opened() as (store, _):
        setting_up.add_kind(store, setting_up.new_kind(key, (name, name_en), municipality, colour, letter))
        tell("console.kind_added", name=name, key=key)


@app.command()
def invite(email: str) -> None:
    """最初の管理者を招待する / Invite an administrator: prints the link, and sends it where mail is set."""
    with opened() as (store, _):
        link = inviting.invite_administrator(store, email, clock.now(), public_base())
        tell("console.invited", email=email)
        console.print(Text(link))


@app.command(name="remove-samples")
def remove_samples() -> None:
    """見本をすべて取り除く / Remove all sample content."""
    with opened() as (store, _):
        tell("console.samples_removed", count=setting_up.remove_samples(store))


@contextmanager
def steps() -> Iterator[object]:
    """Progress on a terminal, one line a step; silent where the output goes to a file."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=complaints, disable=not complaints.is_terminal) as progress:

        def step(description: str) -> None:
            for task in progress.task_ids:
                progress.update(task, total=1, completed=1)
            progress.add_task(description, total=None)

        yield step
        for task in progress.task_ids:
            progress.update(task, total=1, completed=1)


def main() -> None:
    """Run a command; what a person did wrong is said in one sentence."""
    try:
        app()
    except PortalError as error:
        complaints.print(Text(say_error(error, language())))
        sys.exit(1)


if __name__ == "__main__":
    main()
