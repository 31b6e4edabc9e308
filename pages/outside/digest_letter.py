"""The digest as a mail of plain text, and as the few words of a push message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pages.plain import paths
from portal import outbox
from portal.model.subscription import Pace
from portal.schedules.wording_times import short_date, time_span
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from portal.digest import Coming, Digest, News
    from portal.model.kind import Kind
    from portal.model.message import Message
    from portal.model.subscription import Choice, Subscription
    from portal.store import Reader

ONE_CLICK: Final = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
"""RFC 8058: mail programs stop it by sending this, without opening a page."""
HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class Office:
    """From where it is written: the portal's own address, and when."""

    base: str
    now: datetime

    def page(self, choice: Choice, name: str, **keys: str) -> str:
        """The whole address of a public page, in the reader's language."""
        path = paths.path(name, lang=choice.language, code=choice.municipality, **keys)
        return f"{self.base}/{path}"


def confirmation(office: Office, subscription: Subscription, token: str, told: str) -> Message:
    """The mail with the link that confirms; ``told`` is the choice in words."""
    link = f"{office.base}/subscribe-confirm?t={token}&lang={subscription.choice.language}"
    values = {"now": office.now, "link": link, "choice": told}
    message = outbox.write("digest.confirm", subscription.choice.language, subscription.email, office.base, **values)
    return replace(message, headers={"List-Id": _list(office, subscription.choice)})


def letter(office: Office, subscription: Subscription, digest: Digest, told: str, leave: str) -> Message:
    """The digest as a mail; ``leave`` is the address that stops it."""
    choice = subscription.choice
    town = told.partition("\n")[0]
    sections = "\n".join((*_news(office, choice, digest), *_week(office, choice, digest)))
    words = "digest.weekly" if choice.pace is Pace.WEEKLY else "digest.at_once"
    values = {
        "now": office.now,
        "town": town,
        "text": sections,
        "choice": told,
        "leave": leave,
        "again": f"{office.base}/subscribe?municipality={choice.municipality}&lang={choice.language}",
    }
    message = outbox.write(words, choice.language, subscription.email, office.base, **values)
    headers = {"List-Unsubscribe": f"<{leave}>", **ONE_CLICK, "List-Id": _list(office, choice)}
    return replace(message, headers=headers)


def notice(office: Office, choice: Choice, digest: Digest) -> tuple[str, str]:
    """Title and link of a push message: of the one thing that is new, or of all together."""
    tongue = choice.language
    if not digest.news:
        title = say("digest.push_week", tongue, count=len(digest.coming) + digest.more_coming)
        return title, office.page(choice, "municipality")
    first, others = digest.news[0], len(digest.news) + digest.more_news - 1
    title = _headline(first, tongue)
    if not others:
        return title, _address(office, choice, first.id, of_post=first.of_post)
    return say("digest.push_more", tongue, title=title, count=others), office.page(choice, "municipality")


def choice_told(store: Reader, choice: Choice) -> str:
    """The choice in words, a line each: the municipality, the districts, the kinds, how often."""
    tongue = choice.language
    town = next((item for item in store.municipalities() if item.code == choice.municipality), None)
    districts = [item for item in store.districts(choice.municipality, choice.layer) if item.id in choice.districts]
    named = ((item.name_en if tongue == "en" else "") or item.name for item in districts)
    kinds = [_kind(item, tongue) for item in store.kinds(choice.municipality) if item.key in choice.kinds]
    comma = say("digest.comma", tongue)
    return "\n".join(
        (
            ((town.name_en if tongue == "en" else "") or town.name) if town else choice.municipality,
            say("digest.area", tongue, names=comma.join(named) or say("digest.everywhere", tongue)),
            say("digest.kinds", tongue, names=comma.join(kinds) or say("digest.every_kind", tongue)),
            say(f"digest.pace_{choice.pace}", tongue),
        )
    )


def _news(office: Office, choice: Choice, digest: Digest) -> Iterator[str]:
    if not digest.news:
        return
    yield say("digest.news", choice.language)
    for item in digest.news:
        yield ""
        yield _headline(item, choice.language)
        if when := _when(item, choice.language):
            yield f"  {when}"
        yield f"  {_address(office, choice, item.id, of_post=item.of_post)}"
    if digest.more_news:
        yield ""
        yield say("digest.more", choice.language, count=digest.more_news, link=office.page(choice, "municipality"))
    yield ""


def _week(office: Office, choice: Choice, digest: Digest) -> Iterator[str]:
    if not digest.coming:
        return
    tongue, day = choice.language, None
    yield say("digest.week", tongue)
    for item in digest.coming:
        if item.day != day:
            day = item.day
            yield ""
            yield short_date(day, tongue)
        yield f"  {_entry(item, tongue)}"
        yield f"  {_address(office, choice, item.of.id, of_post=item.of_post)}"
    if digest.more_coming:
        yield ""
        yield say("digest.more", tongue, count=digest.more_coming, link=office.page(choice, "municipality"))
    yield ""


def _headline(item: News, tongue: str) -> str:
    sample = say("digest.sample", tongue) if item.sample else ""
    named = {"kind": _kind(item.kind, tongue), "name": _line(item.name)}
    return sample + say(f"digest.{item.what}", tongue, **named)


def _when(item: News, tongue: str) -> str:
    comma = say("digest.comma", tongue)
    off = say("digest.off_on", tongue, days=comma.join(short_date(day, tongue) for day in item.off)) if item.off else ""
    if item.next is None:
        return off
    starts, ends = item.next.starts, item.next.ends
    minutes = round((ends - starts).total_seconds() / 60) if ends else None
    hours = f" {time_span(starts, minutes, tongue)}" if item.next.timed else ""
    following = say("digest.next", tongue, when=short_date(starts.date(), tongue) + hours)
    return "  ".join(filter(None, (off, following)))


def _entry(item: Coming, tongue: str) -> str:
    minute = item.of.starts_minute
    hour = "" if minute is None else f"{minute // HOUR}:{minute % HOUR:02d} "
    sample = say("digest.sample", tongue) if item.sample else ""
    off = say("digest.called_off", tongue) if item.of.cancelled else ""
    return f"{hour}{sample}{off}{_line(item.of.name)}"


def _address(office: Office, choice: Choice, key: str, *, of_post: bool) -> str:
    return office.page(choice, "post" if of_post else "place", id=key)


def _kind(kind: Kind, tongue: str) -> str:
    return kind.en if tongue == "en" else kind.ja


def _line(text: str) -> str:
    """A name on one line: nothing in it begins a line of its own."""
    return " ".join(text.split())


def _list(office: Office, choice: Choice) -> str:
    """What mail programs sort by (RFC 2919)."""
    return f"<{choice.municipality}.digest.{urlsplit(office.base).hostname or 'localhost'}>"
