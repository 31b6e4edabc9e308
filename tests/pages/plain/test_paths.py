"""The lasting addresses of the public side."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.plain import paths

EXAMPLE = {
    "lang": "ja",
    "code": "99901",
    "id": "99901-elementary-aa3e4c9e",
    "layer": "elementary",
    "kind": "salon",
    "hazard": "flood",
    "day": "2026-12-08",
    "month": "2026-12",
    "zoom": "12",
    "photo": f"{'a' * 64}.jpg",
}


@pytest.mark.parametrize("name", paths.PATHS)
def test_every_address_is_read_as_what_it_is(name):
    """An address made of its name and keys is read as the same name and keys, and as no other."""
    made = paths.path(name, **EXAMPLE)
    assert paths.read(made) == (name, {key: EXAMPLE[key] for key in paths.read(made)[1]})


@pytest.mark.parametrize(
    "path", ["", "fr/", "ja", "ja/9990/", "ja/99901/place/../x/", "ja/99901/place/.hidden/", "ja/99901/place/a%2Fb/"]
)
def test_strange_addresses_are_none(path):
    """What is no address of ours is read as nothing."""
    assert paths.read(path) is None


@given(st.sampled_from(sorted(paths.PATHS)), st.sampled_from(sorted(paths.PATHS)))
def test_relative_addresses_lead_where_they_should(start, end):
    """From every page to every other the relative address leads there, under any base path, as a browser follows it."""
    begun, wanted = (paths.path(name, **EXAMPLE) for name in (start, end))
    for base in ("https://ibasho.example/", "https://city.example/welfare/ibasho/"):
        assert urljoin(base + begun, paths.between(begun, wanted)) == base + wanted
        assert urljoin(base + begun, paths.between(begun, "")) == base


def test_folders_are_files_of_their_own():
    """A path that ends in a slash is its folder's index in the twin; any other is a file of its name."""
    assert paths.file("ja/99901/") == "ja/99901/index.html"
    assert paths.file("feeds/99901/calendar.ics") == "feeds/99901/calendar.ics"
