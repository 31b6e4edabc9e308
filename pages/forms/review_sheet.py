"""What stands on the page of one thing to decide: how readers will see it, what changed, what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pages.forms import (
    ins_del,
    people_names,
    queue_sheet,
    telling,
    write_desk,
    write_preview,
    write_sheet,
    write_telling,
)
from pages.forms.review_thing import Sort
from portal import clock, freshness, moderation, permissions, post_warnings, posting
from portal.fresh.due import who_runs
from portal.model.place import Place
from portal.permissions import Action, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.forms.review_thing import Thing
    from pages.forms.write_telling import Teller
    from portal.moderation import QueueItem
    from portal.permissions import Actor
    from portal.store import Store

OF_POST: Final = {
    "approve": Action.POST_APPROVE,
    "return": Action.POST_RETURN,
    "hide": Action.POST_HIDE,
    "unhide": Action.POST_UNHIDE,
}
OF_GROUP: Final = {
    "approve": Action.GROUP_APPROVE,
    "return": Action.GROUP_RETURN,
    "decline": Action.GROUP_DECLINE,
}
ON_WAITING: Final = frozenset({"approve", "return"})
GROUP_ROWS: Final = ("name", "name_kana", "about", "district", "contacts", "places", "applicant", "applicant_email")
PLACE_ROWS: Final = ("kind", "description", "address", "schedule", "schedule_note", "group", "contacts")


def values(store: Store, actor: Actor, thing: Thing, item: QueueItem | None, language: str) -> dict[str, Any]:
    """Everything that the template needs."""
    by = write_telling.teller(store, thing.code, language)
    changed = telling.changes(by, item.differences) if item else []
    common = {"thing": thing, "item": item, "code": thing.code, "changed": changed, "own": bool(item and item.own)}
    return common | _OF[thing.sort](store, actor, thing, by)


def _post(store: Store, actor: Actor, thing: Thing, by: Teller) -> dict[str, Any]:
    post, desk = thing.post, write_desk.of_post(store, actor, thing.id)
    content = posting.content(post)
    role = permissions.role_of(actor, group=desk.group, post=post)
    waits = moderation.waits(post)
    acts = [
        name
        for name, action in OF_POST.items()
        if permissions.may(action, role, post.state) and (waits or name not in ON_WAITING)
    ]
    warned = post_warnings.warnings(store, desk.group, content, clock.today(), post.id)
    return {
        "acts": acts,
        "own": role is Role.STAFF_WITH_A_PART,
        "group": desk.group,
        "number": post.number,
        "waits": waits,
        "preview": write_preview.preview(store, actor, desk, content, by.language),
        "warned": write_sheet.warnings(warned, by.language),
        "written_by": people_names.name(
            store, post.revision.made_by if post.revision else post.changed_by, by.language
        ),
        "trust_after": desk.town.trust_after,
        "trusted": desk.trusted,
    }


def _group(store: Store, actor: Actor, thing: Thing, by: Teller) -> dict[str, Any]:
    group = thing.group
    role = permissions.role_of(actor, group=group)
    return {
        "acts": [name for name, action in OF_GROUP.items() if permissions.may(action, role, group.state)],
        "own": role is Role.STAFF_WITH_A_PART,
        "number": group.number,
        "rows": [
            (telling.label(name, by.language), telling.value(by, name, getattr(group, name))) for name in GROUP_ROWS
        ],
        "typed_by": people_names.name(store, group.typed_by, by.language) if group.typed_by else "",
    }


def _note(store: Store, _actor: Actor, thing: Thing, by: Teller) -> dict[str, Any]:
    note, about = thing.note, thing.about
    opened = note.closed_at is None
    shown: dict[str, Any] = {
        "reported": queue_sheet.reported(note, by.language),
        "acts": (["accept", "close"] if note.field else ["close"]) if opened else [],
        "of_place": isinstance(about, Place),
        "number": 0,
        "closed_by": people_names.name(store, note.closed_by, by.language) if note.closed_by else "",
    }
    if note.field and isinstance(about, Place):
        now = telling.value(by, note.field, getattr(about.facts, note.field))
        texts = ins_del.marked(now, queue_sheet.suggested(by, note))
        shown["changed"] = [telling.Changed(telling.label(note.field, by.language), *texts, alike=False)]
    return shown


def _place(store: Store, _actor: Actor, thing: Thing, by: Teller) -> dict[str, Any]:
    place = thing.place
    return {
        "acts": ["verify"],
        "number": 0,
        "group": who_runs(store.groups(place.municipality)).get(place.id),
        "asked": freshness.is_asked(place),
        "rows": [
            (telling.label(name, by.language), telling.value(by, name, getattr(place.facts, name)))
            for name in PLACE_ROWS
        ],
    }


_OF: Final[dict[Sort, Callable[[Store, Actor, Thing, Teller], dict[str, Any]]]] = {
    Sort.POST: _post,
    Sort.GROUP: _group,
    Sort.NOTE: _note,
    Sort.PLACE: _place,
}
