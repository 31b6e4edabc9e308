"""A flyer read in a process of its own: the same as here, stopped in time, without the portal's secrets."""

from __future__ import annotations

import io
import json
import time

import pytest

from geodata.flyers import apart, read_flyer
from portal.errors import UnreadableFileError
from tests.geodata.flyers.made_flyers import FLYERS


def test_it_gives_what_reading_here_gives():
    """Text, boxes and pictures come through the pipe unchanged."""
    data = FLYERS[0].data()
    assert apart.read_apart(data) == read_flyer(data)


def test_what_is_refused_there_is_refused_here():
    """The sentence of the error is the same, with its values."""
    with pytest.raises(UnreadableFileError) as error:
        apart.read_apart(bytes(25_000_001))
    assert (error.value.key, error.value.values) == ("flyer.file_too_large", {"most": 25})
    assert apart.answer_for(b"") == {"error": "flyer.empty_file", "values": {}}


def test_it_is_stopped_when_it_takes_too_long():
    """The process is gone at once, with whatever it had called."""
    begun = time.monotonic()
    with pytest.raises(UnreadableFileError) as error:
        apart.read_apart(FLYERS[0].data(), 0.05)
    assert error.value.key == "flyer.too_slow"
    assert time.monotonic() - begun < 5


def test_a_process_that_ends_without_an_answer_is_said(monkeypatch):
    """Whatever takes the process down, the portal goes on with a sentence."""
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")
    with pytest.raises(UnreadableFileError) as error:
        apart.read_apart(b"x")
    assert error.value.key == "flyer.not_read"


def test_it_knows_no_password(monkeypatch, tmp_path):
    """The process gets none of the portal's variables."""
    spy = tmp_path / "spy"
    spy.write_text("#!/bin/sh\nenv > " + str(tmp_path / "seen") + "\n")
    spy.chmod(0o755)
    monkeypatch.setenv("PORTAL_SMTP_PASSWORD", "secret")
    monkeypatch.setattr(apart.sys, "executable", str(spy))
    with pytest.raises(UnreadableFileError):
        apart.read_apart(b"x")
    seen = (tmp_path / "seen").read_text()
    assert "PATH=" in seen
    assert "secret" not in seen


def test_the_process_answers_in_json(monkeypatch):
    """What comes in by one pipe is answered by the other, within limits of memory."""
    limits = []
    monkeypatch.setattr(apart.resource, "setrlimit", lambda *given: limits.append(given))
    said = io.BytesIO()
    apart.main(io.BytesIO(b"nothing to read"), said)
    assert json.loads(said.getvalue()) == {"error": "flyer.no_picture", "values": {}}
    assert limits == [(apart.resource.RLIMIT_AS, (apart.MEMORY, apart.MEMORY))]
