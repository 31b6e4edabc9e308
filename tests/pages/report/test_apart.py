"""A PDF made in a process of its own."""

from __future__ import annotations

import pytest

from pages.report import apart
from portal.errors import ConflictError, UnknownThingError

PAGE = '<!doctype html><html lang="ja"><head><title>{}</title></head><body><p>こんにちは</p></body></html>'


@pytest.fixture(autouse=True)
def forgotten():
    """Nothing is kept from test to test."""
    apart.pdf_apart.cache_clear()


def test_same_page_is_the_same_file():
    """The same page gives the same bytes, made anew."""
    first = apart.pdf_apart(PAGE.format("同じ"))
    apart.pdf_apart.cache_clear()
    assert first.startswith(b"%PDF-")
    assert apart.pdf_apart(PAGE.format("同じ")) == first


def test_missing_library_is_said(tmp_path, monkeypatch):
    """Where WeasyPrint's libraries are missing there is no such file, in plain words."""
    (tmp_path / "weasyprint.py").write_text('raise OSError("cannot load library libpango")', encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(UnknownThingError) as raised:
        apart.pdf_apart(PAGE.format("なし"))
    assert raised.value.key == "plain_sheet.no_pdf"


def test_one_that_takes_too_long_is_given_up(monkeypatch):
    """A page that takes too long is given up, and the next is made."""
    with monkeypatch.context() as patch:
        patch.setattr(apart, "LIMIT_S", 0.01)
        with pytest.raises(ConflictError):
            apart.pdf_apart(PAGE.format("長い"))
    assert apart.pdf_apart(PAGE.format("長い")).startswith(b"%PDF-")


def test_secrets_stay_here(tmp_path, monkeypatch):
    """The process that prints sees none of the portal's settings."""
    look = (
        'import os, pathlib\npathlib.Path(__file__).with_name("seen").write_text(" ".join(os.environ))\nraise OSError'
    )
    (tmp_path / "weasyprint.py").write_text(look, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PORTAL_SMTP_PASSWORD", "geheim")
    with pytest.raises(UnknownThingError):
        apart.pdf_apart(PAGE.format("鍵"))
    seen = (tmp_path / "seen").read_text(encoding="utf-8").split()
    assert "PATH" in seen
    assert not [name for name in seen if name.startswith("PORTAL_")]
