"""Many posts by one workbook (表でまとめて投稿): a template, a look at what a filled one would bring, the taking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geodata import post_workbook
from pages.forms import base, foreseen_sheet, shelf, write_desk
from pages.forms.foreseen_sheet import Looked
from pages.forms.reading import Limits
from portal import clock, permissions, posting
from portal.errors import InvalidRecordError, PortalError, UnreadableFileError
from portal.permissions import Action
from portal.posts.foreseeing import Foreseen, foresee

if TYPE_CHECKING:
    from starlette.requests import Request

    from pages.forms.reading import Form
    from pages.forms.write_desk import Desk
    from portal.permissions import Actor
    from portal.post_rows import PostIntake
    from portal.posts.sources import Taken
    from portal.store import Store

LIMITS: Final = Limits(files=1, file_bytes=post_workbook.MOST_MIB * 1024 * 1024, soft=True)
WORKBOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Rows:
    """A workbook of a group as it was read, kept until it is taken in."""

    group: str
    intake: PostIntake
    foreseen: Foreseen
    """What it would have brought when it was sent."""


async def page(request: Request) -> Response:
    """The form for the file; with ``id`` what the file that was sent would bring."""
    actor = await base.signed_in(request)
    name = request.query_params.get("id", "")
    if name:
        return await _look(request, actor, name, shelf.get(actor.id, name, Rows))
    desk: Desk = await base.act(write_desk.of_group, actor, request.query_params.get("group", ""))
    if request.method != "POST":
        return await _upload(request, actor, desk)
    sent = await base.form(request, LIMITS)
    try:
        intake = await run_in_threadpool(post_workbook.read, _data(sent), clock.today())
        rows = Rows(desk.group.id, intake, await base.act(_foreseen, actor, desk.group.id, intake))
    except (UnreadableFileError, InvalidRecordError) as error:
        return await _upload(request, actor, desk, {"workbook": error})
    return base.see_other(request, f"/workbook?id={shelf.put(actor.id, rows)}")


async def template(request: Request) -> Response:
    """``GET /workbook/template``: the empty workbook, its notes in the language of the page."""
    await base.signed_in(request)
    data = await run_in_threadpool(post_workbook.template, base.tongue(request))
    headers = base.NEVER_KEPT | {"Content-Disposition": 'attachment; filename="posts.xlsx"'}
    return Response(data, media_type=WORKBOOK_TYPE, headers=headers)


async def _look(request: Request, actor: Actor, name: str, rows: Rows) -> Response:
    desk: Desk = await base.act(write_desk.of_group, actor, rows.group)
    faults: dict[str, PortalError] = {}
    looked = Looked(rows.intake.findings, "line")
    if request.method == "POST":
        sent = await base.form(request)
        if not looked.refused or sent.ticked("skip"):
            taken = await base.act(posting.take_rows, actor, rows.group, rows.intake.rows, clock.now())
            shelf.drop(name)
            said = "workbook_page.done_live" if desk.trusted else "workbook_page.done_draft"
            return base.see_other(request, f"/my?group={rows.group}", said, new=taken.new, changed=taken.changed)
        faults["skip"] = InvalidRecordError("foreseen.skip_first")
    values = await base.act(foreseen_sheet.values, desk, rows.foreseen, looked, base.tongue(request))
    return await base.render(
        request, "workbook_look.html", 400 if faults else 200, faults, name=name, read=rows.intake.read, **values
    )


def _foreseen(store: Store, actor: Actor, group: str, intake: PostIntake) -> Foreseen:
    def take(unwritten: Store) -> Taken:
        return posting.take_rows(unwritten, actor, group, intake.rows, clock.now())

    return foresee(store, take)


def _data(sent: Form) -> bytes:
    file = sent.file("workbook")
    if file is None:
        raise UnreadableFileError("workbook_page.no_file")
    if file.size > LIMITS.file_bytes:
        raise UnreadableFileError("tables.too_large", most=post_workbook.MOST_MIB)
    return file.data


async def _upload(request: Request, actor: Actor, desk: Desk, faults: dict[str, PortalError] | None = None) -> Response:
    role = permissions.role_of(actor, group=desk.group)
    return await base.render(
        request,
        "workbook.html",
        400 if faults else 200,
        faults or {},
        desk=desk,
        most=post_workbook.MOST_MIB,
        follows=permissions.may(Action.GROUP_FOLLOW, role, desk.group.state),
    )


ROUTES: Final = (
    Route("/workbook", page, methods=("GET", "POST")),
    Route("/workbook/template", template),
)
