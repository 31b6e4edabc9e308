"""Text of people and moments, as a plain page shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from portal.clock import TOKYO

if TYPE_CHECKING:
    from datetime import date, datetime

NEVER_SHOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def plain(value: object) -> Markup:
    """``value`` escaped, in an element of its own direction, so that a right-to-left sign turns nothing else."""
    return Markup("<bdi>{}</bdi>").format(NEVER_SHOWN.sub("\ufffd", str(value)))


def lines(value: object) -> Markup:
    """The same, with the line breaks kept."""
    return Markup("<br>").join(plain(line) for line in str(value).splitlines())


def day(value: date) -> Markup:
    """A day, for people and machines alike."""
    return Markup('<time datetime="{0}">{0}</time>').format(value.strftime("%Y-%m-%d"))


def moment(value: datetime) -> Markup:
    """A moment in Japan, to the minute."""
    local = value.astimezone(TOKYO)
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), local.strftime("%Y-%m-%d %H:%M"))
