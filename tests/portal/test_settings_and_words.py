"""Settings, languages and the record of records: what an operator and a reader rely on."""

from __future__ import annotations

import re
import string
from dataclasses import fields
from pathlib import Path

import pytest

from portal.errors import SettingError
from portal.settings import Settings, load
from portal.words import LANGUAGES, choose_language, phrases, say

FILES = ("_", ".py", ".toml", ".csv", ".sql", ".js", ".css", ".html", ".jsonl", ".ics", ".json", ".xlsx", ".jpg")
"""What looks like a key and is none: ends of file names."""
ROOT = Path(__file__).parents[2]
DATES = {"card.day"}
"""Japanese writes a month's number, English its name."""


def test_later_sources_win(tmp_path):
    """A variable wins over the file, the file over the default."""
    file = tmp_path / "portal.toml"
    file.write_text('port = 9000\ntitle = "まち"\nsample = false\n', encoding="utf-8")
    settings = load({"PORTAL_PORT": "9001", "PORTAL_HOME": str(tmp_path), "HOME": "/"}, file)
    assert (settings.port, settings.title, settings.sample, settings.home) == (9001, "まち", False, tmp_path)


@pytest.mark.parametrize(
    "variables",
    [
        {"PORTAL_PROT": "9001"},
        {"PORTAL_PORT": "many"},
        {"PORTAL_PORT": "70000"},
        {"PORTAL_SAMPLE": "maybe"},
        {"PORTAL_BASEMAP": "https://example.com"},
        {"PORTAL_LANGUAGE": "fr"},
    ],
)
def test_a_setting_that_cannot_be_used_is_said(variables, tmp_path):
    """A misspelt name or an impossible value stops the start with a sentence."""
    with pytest.raises(SettingError) as error:
        load(variables, tmp_path / "none.toml")
    for language in LANGUAGES:
        assert say(error.value.key, language, **error.value.values)


def test_a_broken_settings_file_is_said(tmp_path):
    """A file that is no TOML is named, with the reason."""
    file = tmp_path / "portal.toml"
    file.write_text("port = = 1", encoding="utf-8")
    with pytest.raises(SettingError):
        load({}, file)


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_the_readme_names_every_setting_and_no_other(readme):
    """Each setting stands in the README, and the README names none that does not exist."""
    named = set(re.findall(r"`PORTAL_([A-Z_]+)`", (ROOT / readme).read_text(encoding="utf-8")))
    assert named == {item.name.upper() for item in fields(Settings)}


def test_every_language_has_every_phrase_with_the_same_gaps():
    """The languages are complete: the same keys, the same gaps."""
    gaps = {
        language: {
            key: {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for key, text in phrases(language).items()
            if key not in DATES
        }
        for language in LANGUAGES
    }
    assert gaps["ja"] == gaps["en"]
    assert set(phrases("ja")) == set(phrases("en"))


def test_every_phrase_that_the_code_names_exists():
    """A key that the code or a page's template writes in full is in the words; a message has a subject and a body."""
    written = re.compile(r'"([a-z_]+\.[a-z0-9_]+)"')
    topics = {key.partition(".")[0] for key in phrases("ja")}
    used = {
        key
        for room in ("portal", "db", "geodata", "pages")
        for file in (ROOT / room).rglob("*.py")
        for key in written.findall(file.read_text(encoding="utf-8"))
        if key.partition(".")[0] in topics and not key.endswith(FILES)
    }
    said = {
        key
        for file in (ROOT / "pages" / "templates").glob("*.html")
        for key in re.findall(r'say\(\s*"([a-z_]+\.[a-z0-9_]+)"\s*[,)]', file.read_text(encoding="utf-8"))
    }
    assert used
    assert said
    words = set(phrases("ja"))
    messages = {key for key in used if {f"{key}_subject", f"{key}_body"} <= words}
    assert messages
    assert (used | said) - words - messages == set()


def test_every_phrase_that_the_code_puts_together_exists():
    """A key whose end the code fills in (``f"console.count_{name}"``) has phrases that begin so."""
    topics = {key.partition(".")[0] for key in phrases("ja")}
    begun = {
        begin
        for room in ("portal", "db", "geodata", "pages")
        for file in (ROOT / room).rglob("*.py")
        for begin in re.findall(r'f"([a-z_]+\.[a-z0-9_]*)\{', file.read_text(encoding="utf-8"))
        if begin.partition(".")[0] in topics
    }
    assert begun
    assert {begin for begin in begun if not any(key.startswith(begin) for key in phrases("ja"))} == set()


@pytest.mark.parametrize(
    ("asked", "header", "language"),
    [
        ("en", "ja", "en"),
        (None, "en-GB,en;q=0.9,ja;q=0.8", "en"),
        (None, "ja,en;q=0.9", "ja"),
        (None, "fr,de;q=0.9,en;q=0.1", "en"),
        (None, "fr", "ja"),
        (None, "en;q=0", "ja"),
        (None, "en;q=nonsense,ja", "ja"),
        ("<script>", None, "ja"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_browsers(asked, header, language):
    """The address wins, then the browser's order, then Japanese."""
    assert choose_language(asked, header) == language
