"""Somebody with a linear program, who knows everything that is published."""

from __future__ import annotations

from tests.lp_attacker import run


def only_small_ones_hidden(moments, releases, rule):
    """What is shown where nothing but the small numbers is hidden."""
    newest = moments[0]
    large = {cell: count for cell, count in newest.counts.items() if count >= rule.threshold}
    return {cell: rule.figure(count) for cell, count in large.items()}


def test_no_hidden_number_is_narrowed_to_within_five():
    """Over random tables, layers, categories and versions the attacker narrows no hidden number to within ±5."""
    tally = run(30, 11, 7)
    assert tally.narrowed == 0
    assert tally.known_before == 0
    assert tally.hidden > 200
    assert tally.large_shown > tally.large / 2


def test_the_attacker_finds_what_is_not_protected():
    """Where only the small numbers are hidden, the same attacker narrows many of them down."""
    assert run(12, 11, 7, how=only_small_ones_hidden).narrowed > 5
