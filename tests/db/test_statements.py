"""The SQL is in its files: each is asked, commented, and within what survives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db.rows import TABLES
from db.statements import INCLUDE, MIGRATIONS, QUERIES, statement
from portal.store import KEY_FIELDS

DB = Path(__file__).parents[2] / "db"
FILES = sorted([*QUERIES.glob("*.sql"), *MIGRATIONS.glob("*.sql")])
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(DB.glob("*.py")))


def test_every_question_is_asked_by_the_code():
    """No file lies unused: its name stands in the code, or another question includes it."""
    asked = set(re.findall(r'"(\w+)"', CODE))
    asked |= {f"{verb}_{table.name}" for verb in ("put", "drop", "kept") for table in TABLES.values()}
    asked |= {name for path in FILES for name in INCLUDE.findall(path.read_text(encoding="utf-8"))}
    assert {path.stem for path in QUERIES.glob("*.sql")} <= asked


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_says_what_it_does_and_is_within_the_rules(path):
    """It begins with a comment, its lines are short, and it names no index, foreign key or extension."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert max(map(len, text.splitlines())) <= 120
    forbidden = r"create\s+(unique\s+)?index|foreign\s+key|references|rtree|\binstall\b|\bload\b|serial|sequence"
    plain = re.sub(r"--.*", "", text)
    assert not re.search(forbidden, plain, re.IGNORECASE)


def test_no_statement_is_put_together_from_values():
    """SQL stands in .sql files alone; the code neither formats nor joins statements."""
    assert not re.search(r"\b(SELECT|INSERT|UPDATE|DELETE)\b", CODE)
    assert not re.search(r"execute\((?!statement\(|statements\))", CODE.replace("def execute(", ""))


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*.sql")), ids=lambda path: path.stem)
def test_placeholders_are_numbered_without_gaps(path):
    """Every value that is bound is used, $1 to the last."""
    plain = re.sub(r"--.*", "", statement(path.stem))
    numbers = {int(number) for number in re.findall(r"\$(\d+)", plain)}
    fragment = path.stem in {name for other in FILES for name in INCLUDE.findall(other.read_text(encoding="utf-8"))}
    assert fragment or numbers == set(range(1, len(numbers) + 1))


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_is_written(table):
    """The columns of rows are those that the insertion names, in the same order."""
    inserted = re.search(rf"INSERT INTO {table.name} \(([^)]*)\)", statement(f"put_{table.name}"))[1]
    assert [name.strip().strip('"') for name in inserted.split(",")] == list(table.columns)


def test_every_type_of_record_has_its_table():
    """Whatever may be put can be kept, under the key that the portal says."""
    assert set(TABLES) == set(KEY_FIELDS)
    for kind_of, table in TABLES.items():
        assert set(KEY_FIELDS[kind_of]) <= set(table.columns)
