"""What is shown of small tables, worked out by hand."""

from __future__ import annotations

import pytest

from portal.disclosure.choosing import choose
from portal.disclosure.numbers import Numbers
from portal.disclosure.rules import Cell, Figure, Interval, Rule, read_figure, rule_for

TEN = Rule(10)


def one_layer(few=(), **counts):
    """A layer whose districts lie apart, with its total."""
    cells = {Cell("a", name, ""): count for name, count in counts.items()}
    cells[Cell("a", "", "")] = sum(counts.values())
    return Numbers(cells, frozenset(Cell("a", name, "") for name in few), tuple((("a", name),) for name in counts))


def shown(*moments, releases=(), rule=TEN):
    """The rounded numbers by ``layer/district/category``."""
    return {cell.key: figure.rounded for cell, figure in choose(moments, releases, rule).items()}


def kept(moment, *before):
    """A release as it is kept."""
    return {cell.key: str(figure) for cell, figure in choose([moment], before, TEN).items()}


def test_large_numbers_are_rounded_and_shown():
    """Where nothing is small everything is shown, half rounded up."""
    assert shown(one_layer(p=14, q=15, r=36)) == {"a//": 70, "a/p/": 10, "a/q/": 20, "a/r/": 40}


def test_a_small_number_takes_the_smallest_other_with_it():
    """Zero is as small as nine; with it the smallest of the others is hidden, so that hidden never means small."""
    for small in (0, 9):
        assert shown(one_layer(p=small, q=33, r=21, s=47)) == {"a//": 100 + small // 9 * 10, "a/q/": 30, "a/s/": 50}


def test_a_line_of_two_hides_both():
    """With two districts neither is shown when one is small; their total is."""
    assert shown(one_layer(p=3, q=40)) == {"a//": 40}


def test_a_total_that_gives_hidden_numbers_away_is_hidden():
    """Three people in three districts: a total of under ten is itself small and is not shown."""
    assert shown(one_layer(p=1, q=2, r=0)) == {}


def test_a_hidden_number_that_a_total_leaves_no_room_is_given_room():
    """Districts p and q hold 10 at most when 45 to 49 of a total of 45 to 54 are in r: one more number is hidden."""
    found = shown(one_layer(p=0, q=10, r=24, s=11), rule=TEN)
    assert "a/p/" not in found
    assert "a/q/" not in found
    assert len(found) <= 3


def test_numbers_of_few_facilities_are_hidden():
    """A number from fewer than three facilities is hidden however large it is."""
    assert "a/q/" not in shown(one_layer(few=("q",), p=30, q=50, r=40))


def nested(*, total_of_pair):
    """Two districts make up one of another layer."""
    cells = {Cell("a", "p", ""): 4, Cell("a", "q", ""): 30, Cell("a", "r", ""): 40, Cell("a", "s", ""): 50}
    cells |= {Cell("b", "pq", ""): total_of_pair, Cell("b", "rs", ""): 90}
    atoms = ((("a", "p"), ("b", "pq")), (("a", "q"), ("b", "pq")), (("a", "r"), ("b", "rs")), (("a", "s"), ("b", "rs")))
    return Numbers(cells, frozenset(), atoms)


def test_layers_that_nest_do_not_give_each_other_away():
    """District p lies with q in pq: with pq shown, q is hidden with it, and p may be anything from 0 to 34."""
    assert shown(nested(total_of_pair=34)) == {"a/r/": 40, "a/s/": 50, "b/pq/": 30, "b/rs/": 90}


def test_tables_that_do_not_fit_each_other_are_no_hole():
    """A table of another day, one person off, hides the same."""
    assert "a/p/" not in shown(nested(total_of_pair=35))
    assert "a/q/" not in shown(nested(total_of_pair=35))


def test_categories_that_make_up_all_together_do_not_give_each_other_away():
    """In a layer of one district the smallest of its other categories is hidden with a small one."""
    cells = {Cell("a", "p", name): count for name, count in (("", 50), ("x", 3), ("y", 25), ("z", 22))}
    found = shown(Numbers(cells, frozenset(), ((("a", "p"),),)))
    assert set(found) == {"a/p/", "a/p/y"}


def test_what_was_hidden_is_hidden_first_again():
    """With the last release that hid q, q is hidden again although r is the smaller one now."""
    first = one_layer(p=3, q=21, r=28, s=47)
    assert shown(first) == {"a//": 100, "a/r/": 30, "a/s/": 50}
    later = one_layer(p=3, q=31, r=26, s=47)
    assert "a/q/" not in shown(later, first, releases=[kept(first)])
    assert "a/r/" not in shown(later)


def test_what_was_shown_and_still_fits_protects_nothing():
    """District r was shown as about 20 and still is: another number is hidden beside the one that became small."""
    first = one_layer(p=33, q=45, r=20, s=60)
    assert len(shown(first)) == 5
    later = one_layer(p=4, q=47, r=21, s=72)
    found = shown(later, first, releases=[kept(first)])
    assert found["a/r/"] == 20
    assert "a/p/" not in found
    assert len({"a/q/", "a/s/"} & found.keys()) == 1


def test_the_same_numbers_give_the_same_answer():
    """Nothing is left to chance."""
    numbers = one_layer(**{f"d{number}": number * 7 % 40 for number in range(12)})
    assert shown(numbers) == shown(numbers)


@pytest.mark.parametrize(
    ("inhabitants", "rule"),
    [(None, None), (1_999, None), (2_000, Rule(20)), (24_999, Rule(20)), (25_000, TEN), (270_000, TEN)],
)
def test_the_rule_follows_the_inhabitants(inhabitants, rule):
    """20 under 25,000 inhabitants, nothing under 2,000 or where they are unknown."""
    assert rule_for(inhabitants) == rule
    assert rule or shown(one_layer(p=500), rule=rule) == {}


@pytest.mark.parametrize("threshold", [10, 20])
def test_a_figure_is_the_interval_around_it(threshold):
    """Every number lies in the interval of its figure, which never begins under the threshold; texts read back."""
    rule = Rule(threshold)
    for count in range(threshold, 400):
        figure = rule.figure(count)
        assert figure.interval.low <= count <= figure.interval.high
        assert figure.interval.low >= threshold
        assert figure.rounded % threshold == 0
        assert read_figure(str(figure)) == figure
    assert TEN.figure(12) == Figure(10, Interval(10, 14))
    assert read_figure("12") is None


def test_names_with_a_slash_do_not_make_one_key_of_two():
    """A key tells district and category apart whatever they are called."""
    assert Cell("a", "p/q", "").key != Cell("a", "p", "q").key
