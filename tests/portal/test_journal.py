"""The journal's lines and their chain: nothing can differ from what was written without being found."""

from __future__ import annotations

import json
import random
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.clock import TOKYO
from portal.errors import InvalidRecordError, StoreDamagedError
from portal.journal.chain import check, refuse_changed_tail, walk
from portal.journal.entry import VOID, Head, body, changes_of, drop_text, mark_of, put_text, read, write
from portal.model.mark import CONSOLE, Mark
from portal.model.place import Place
from portal.records import to_text
from portal.store import Drop, Put, key_of
from tests import town

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=TOKYO)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


def entry(*changes, **mark):
    """The body of an entry with these changes."""
    texts = [
        put_text(type(item.record), to_text(item.record)) if isinstance(item, Put) else drop_text(item.type, item.key)
        for item in changes
    ]
    return body(Mark(NOW, **mark), texts)


def written(path, count=6):
    """A journal of so many entries, each with a place of its own; returns its head."""
    head = Head()
    with path.open("wb") as journal:
        for number in range(count):
            line, head = write(head, entry(Put(town.place(f"p{number}", f"つどい{number}")), who=CONSOLE))
            journal.write(line)
    return head


@settings(max_examples=40, deadline=None)
@given(who=TEXTS, reason=TEXTS, name=TEXTS.filter(str.strip), key=TEXTS)
def test_an_entry_reads_as_it_was_written(who, reason, name, key):
    """Whatever text stands in it, an entry is one line, and its mark and changes come back as they were."""
    changes = [Put(town.place("p1", name[:50] + "。")), Drop(Place, (key,))]
    line, head = write(Head(), entry(*changes, who=who, action="place.edit", reason=reason))
    assert line.count(b"\n") == 1
    found = read(line)
    assert found.head == head
    assert mark_of(found) == Mark(NOW, who, "place.edit", reason)
    assert list(changes_of(found)) == changes
    assert json.loads(line)["seq"] == 1


def test_text_that_is_none_is_refused_before_anything_is_written():
    """Half of a sign in a reason or a record ends in a sentence."""
    with pytest.raises(InvalidRecordError, match=r"store\.not_text"):
        entry(reason="\ud800")
    with pytest.raises(InvalidRecordError, match=r"store\.not_text"):
        entry(Drop(Place, ("\udfff",)))


def test_every_flipped_bit_of_a_line_is_found():
    """No single bit of an entry can differ: each flip, one after the other, is found."""
    line, _ = write(Head(), entry(Drop(Place, ("p1",)), who="a1", reason="古い"))
    for place in range(len(line) * 8):
        flipped = bytearray(line)
        flipped[place // 8] ^= 1 << place % 8
        assert read(bytes(flipped)) is None


def test_a_whole_chain_is_whole(tmp_path):
    """The head, the length and the voided entries are those that were written; a missing file holds nothing."""
    path = tmp_path / "journal.jsonl"
    assert check(path).head == Head()
    head = written(path)
    line, last = write(head, entry(action=VOID), void=4)
    with path.open("ab") as journal:
        journal.write(line)
    chain = check(path)
    assert (chain.head, chain.length, chain.voided, chain.tail) == (last, path.stat().st_size, {4: 7}, b"")
    assert [key_of(next(changes_of(item)).record) for item in list(walk(path))[:6]] == [(f"p{n}",) for n in range(6)]


@pytest.mark.parametrize(
    ("damage", "key", "line"),
    [
        (lambda lines: lines[:2] + lines[3:], "journal.not_following", 3),
        (lambda lines: lines[1:], "journal.not_following", 1),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "journal.not_following", 2),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], "journal.not_following", 4),
        (lambda lines: [*lines[:3], write(Head(3, "0" * 64), entry())[0], *lines[3:]], "journal.not_following", 4),
        (lambda lines: [*lines[:3], b"\n", *lines[3:]], "journal.changed", 4),
        (
            lambda lines: [*lines[:3], lines[3].replace("つどい".encode(), "あつい".encode()), *lines[4:]],
            "journal.changed",
            4,
        ),
    ],
    ids=["missing", "first missing", "reordered", "twice", "inserted", "empty line", "changed"],
)
def test_damage_is_found_and_the_line_said(tmp_path, damage, key, line):
    """What is missing, out of order, put in or changed is found, and the sentence names the line."""
    path = tmp_path / "journal.jsonl"
    written(path)
    with path.open("rb") as journal:
        lines = list(journal)
    path.write_bytes(b"".join(damage(lines)))
    with pytest.raises(StoreDamagedError) as caught:
        check(path)
    assert (caught.value.key, caught.value.values["line"]) == (key, line)


def test_a_cut_leaves_the_whole_entries_and_the_tail(tmp_path):
    """Cut anywhere, the entries before the cut are whole and the rest is the tail: nothing is made up."""
    path = tmp_path / "journal.jsonl"
    written(path)
    content = path.read_bytes()
    for cut in random.Random(3).sample(range(len(content)), 50):  # noqa: S311  # places, no secrets
        path.write_bytes(content[:cut])
        chain = check(path)
        assert content[: chain.length] + chain.tail == content[:cut]
        assert chain.head.seq == content[:cut].count(b"\n")
        refuse_changed_tail(chain)


def test_a_finished_last_line_that_was_changed_is_no_unfinished_one(tmp_path):
    """A last line with its newline was acknowledged, so a change of it is damage."""
    path = tmp_path / "journal.jsonl"
    written(path)
    path.write_bytes(path.read_bytes().replace("つどい5".encode(), "つどい6".encode()))
    chain = check(path)
    assert chain.head.seq == 5
    with pytest.raises(StoreDamagedError, match=r"journal\.changed"):
        refuse_changed_tail(chain)
