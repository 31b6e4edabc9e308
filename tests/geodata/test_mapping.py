"""The TOML that says how a file's columns are to be understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata import mapping
from portal.errors import UnreadableFileError
from portal.words import LANGUAGES, say_error

GOLDEN = Path(__file__).parent / "golden" / "intake"


def test_a_mapping_names_columns_defaults_and_what_is_public():
    """All three tables of a mapping are read."""
    found = mapping.read(GOLDEN / "mapping.toml")
    assert found.columns == {
        "サロンの名前": "name",
        "やっている日": "schedule",
        "どこで": "address",
        "れんらくさき": "phone",
    }
    assert found.defaults == {"kind": "elderly_salon", "audience": "高齢者"}
    assert found.public == {"phone"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("unknown_field", "intake.mapping_field"),
        ("unknown_table", "intake.mapping_table"),
        ("not_text", "intake.mapping_not_text"),
        ("not_toml", "intake.mapping_not_toml"),
        ("contact", "intake.mapping_contact"),
        ("public_flat", "intake.mapping_not_text"),
    ],
)
def test_a_slip_in_a_mapping_is_named(name, key):
    """A mapping that cannot be meant is refused with its file, what is wrong and what may stand there."""
    with pytest.raises(UnreadableFileError) as caught:
        mapping.read(GOLDEN / f"mapping_bad_{name}.toml")
    assert caught.value.key == key
    assert all(f"mapping_bad_{name}.toml" in say_error(caught.value, language) for language in LANGUAGES)


def test_an_unknown_field_is_answered_with_the_fields_that_there_are():
    """Whoever mistyped a field is told all of them."""
    with pytest.raises(UnreadableFileError) as caught:
        mapping.read(GOLDEN / "mapping_bad_unknown_field.toml")
    assert "nmae" in say_error(caught.value)
    assert "schedule_note" in say_error(caught.value)


def test_a_mapping_that_is_not_there_or_not_text_is_said(tmp_path):
    """A missing file and a file in another encoding end in a sentence."""
    with pytest.raises(UnreadableFileError, match=r"intake\.mapping_no_file"):
        mapping.read(tmp_path / "none.toml")
    (tmp_path / "sjis.toml").write_bytes('[columns]\n"名" = "name"\n'.encode("cp932"))
    with pytest.raises(UnreadableFileError, match=r"intake\.mapping_not_utf8"):
        mapping.read(tmp_path / "sjis.toml")


def test_a_deeply_nested_mapping_is_refused(tmp_path):
    """Brackets without end neither crash the reader nor fill its memory."""
    (tmp_path / "deep.toml").write_text("a = " + "[" * 50_000, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"intake\.mapping_not_toml"):
        mapping.read(tmp_path / "deep.toml")
