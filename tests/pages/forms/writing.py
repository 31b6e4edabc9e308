"""What somebody fills into the editor of posts."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from httpx import Response

    from portal.model.post import Post
    from portal.store import Store

NEW: Final = "/write?group=group-hidamari"
LEAST: Final = {"kind": "event", "title": "もちつき大会", "way": "once", "day": "2099-12-06", "where": "nowhere"}
FIELD: Final = re.compile(r"<(input|textarea|select|option)\b([^>]*)>(?:\n([^<]*)</textarea>)?")


def only(store: Store) -> Post:
    """The one post of the first group."""
    (post,) = store.posts_of_group("group-hidamari")
    return post


def standing(answer: Response) -> dict[str, Any]:
    """What stands in the fields of a page, as a browser would send it."""
    found: dict[str, list[str]] = {}
    select = ""
    for tag, attributes, body in FIELD.findall(answer.text):
        said = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', attributes)}
        if tag == "select":
            select = said["name"]
        elif tag == "option":
            if re.search(r"\sselected", attributes):
                found.setdefault(select, []).append(said.get("value", ""))
        elif tag == "textarea":
            found.setdefault(said["name"], []).append(html.unescape(body))
        elif said.get("type") not in {"checkbox", "radio", "file"} or re.search(r"\schecked", attributes):
            found.setdefault(said["name"], []).append(said.get("value", ""))
    found.pop("_form", None)
    return dict(found)


def text(answer: Response) -> str:
    """The page's text as one reads it."""
    body = answer.text.partition("<main")[2]
    return html.unescape(re.sub(r"<[^>]+>", "", body))
