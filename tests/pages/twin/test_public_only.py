"""Public ⊆ approved: whatever people and staff do, no file of the twin holds what is not public at that moment."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from db import open_store
from pages import wiring
from pages.plain.here import Here
from pages.twin.keeping import Keeper
from pages.twin.writing import Folder
from portal import grouping, moderation, posting
from portal.editing import edit
from portal.errors import PortalError
from portal.importing.places import plan_places
from portal.importing.plan import carry_out
from portal.model.group import GroupState
from portal.model.place import Contact, ContactKind
from portal.model.post import PostKind, Where, WhereKind
from tests import town
from tests.pages.twin.conftest import BASE, MIDNIGHT, QUICK, settle, tree
from tests.portal import people

NOW = people.NOW
SPOTS = ((0.5, 0.5), (1.5, 0.5), (0.5, 1.5), (1.5, 1.5))


class Life(RuleBasedStateMachine):
    """A small town in which groups write, staff decide, places come and go."""

    @initialize()
    def begin(self) -> None:
        """The town, without a place or a post."""
        self.folder = Path(tempfile.mkdtemp())
        self.store = settle(open_store("duckdb://"))
        self.keeper = self._keeper("site")
        self.serial = 0
        self.titles: dict[str, str] = {}
        self.private: set[str] = set()
        self.names: dict[str, str] = {}
        self.there: list[str] = []
        self._check()

    def _keeper(self, name: str) -> Keeper:
        return Keeper(Folder(self.folder / name), lambda: Here(self.store, wiring.settings(), MIDNIGHT, BASE), QUICK)

    def _mark(self, sort: str) -> str:
        """A text that stands nowhere else."""
        self.serial += 1
        return f"{sort}q{self.serial}q"

    def _do(self, act, *values) -> None:
        """An act of a person; what they may not do, or not now, is refused and changes nothing."""
        try:
            act(self.store, *values)
        except PortalError:
            return

    def _post(self, number: int):
        ids = sorted(self.titles)
        return self.store.post(ids[number % len(ids)])

    def _where(self, number: int) -> Where:
        if self.there and number % 3 == 0:
            return Where(WhereKind.PLACE, place=self.there[number % len(self.there)])
        if number % 3 == 1:
            return Where(WhereKind.DISTRICT, district=f"d{1 + number % 2}-elementary")
        return people.pin(*SPOTS[number % 4])

    @rule(number=st.integers(0, 11), kind=st.sampled_from([PostKind.EVENT, PostKind.NEWS, PostKind.HELP_WANTED]))
    def write(self, number, kind):
        """A group writes a draft, with a contact that is for staff alone."""
        if self.store.group("group-hidamari").state is not GroupState.ACTIVE:
            return
        title, hidden = self._mark("題"), self._mark("秘")
        self.private.add(hidden)
        contact = Contact(ContactKind.PHONE, hidden, public=False)
        said = people.facts(title, kind=kind, where=self._where(number), contacts=(contact,))
        post = posting.create(self.store, people.OWNER, "group-hidamari", said, NOW)
        self.titles[post.id] = title
        self._check()

    @precondition(lambda self: self.titles)
    @rule(number=st.integers(0, 9), then=st.sampled_from(["submit", "submit and approve", "cancel", "withdraw"]))
    def go_on(self, number, then):
        """The group hands it in, calls it off or takes it back."""
        post = self._post(number)
        if then.startswith("submit"):
            self._do(posting.submit, people.OWNER, post.id, NOW)
        elif then == "cancel":
            self._do(posting.cancel, people.OWNER, post.id, "雨のため", NOW)
        else:
            self._do(posting.withdraw, people.OWNER, post.id, NOW)
        if then.endswith("approve"):
            self._do(moderation.approve, people.STAFF, post.id, self._post(number).number, "", NOW)
        self._check()

    @precondition(lambda self: self.titles)
    @rule(number=st.integers(0, 9), act=st.sampled_from([moderation.approve, moderation.hide, moderation.unhide]))
    def decide(self, number, act):
        """Staff decide."""
        post = self._post(number)
        self._do(act, people.STAFF, post.id, post.number, "理由", NOW)
        self._check()

    @precondition(lambda self: self.titles)
    @rule(number=st.integers(0, 9), to=st.integers(0, 11))
    def revise(self, number, to):
        """The group writes it anew, somewhere else: of what is shown, the new text waits."""
        post, title = self._post(number), self._mark("題")
        said = replace(post.revision.facts if post.revision else post.facts, title=title, where=self._where(to))
        self._do(posting.save, people.OWNER, post.id, post.number, said, NOW)
        self._check()

    @rule(count=st.integers(0, 4), shift=st.integers(0, 3))
    def import_places(self, count, shift):
        """A file of places is published again: some are new, some moved, some gone."""
        rows = []
        for number in range(count):
            name, hidden = self._mark("所"), self._mark("秘")
            self.private.add(hidden)
            column, height = SPOTS[(number + shift) % 4]
            contacts = (Contact(ContactKind.PHONE, hidden, public=False),)
            rows.append(town.row(number + 2, name, column, height, record=f"r{number}", contacts=contacts))
        if rows:
            carry_out(self.store, plan_places(self.store, town.intake(*rows), town.order()))
        self.there = [item.id for item in self.store.places_of(town.CODE) if item.gone_on is None]
        self._check()

    @precondition(lambda self: self.there)
    @rule(number=st.integers(0, 9))
    def rename_place(self, number):
        """Staff mend a name."""
        edit(self.store, self.there[number % len(self.there)], {"name": self._mark("所")}, town.TODAY)
        self._check()

    @rule(act=st.sampled_from([grouping.suspend, grouping.resume]))
    def group_state(self, act):
        """A group is suspended, or goes on."""
        self._do(act, people.STAFF, "group-hidamari", "理由", NOW)
        self._check()

    def _check(self) -> None:
        """No file holds what is not public; what is public has its page."""
        self.keeper.once()
        assert not self.keeper.failed
        files = tree(self.keeper)
        everything = b"\n".join(files.values()).decode(errors="replace") + "\n".join(files)
        public = self._public()
        assert not [mark for mark in self._marks() - public | self.private if mark in everything]
        assert not [mark for mark in public if mark not in everything]
        for post in self.store.posts_of(town.CODE):
            there = any(f"/post/{post.id}/" in path for path in files)
            assert there == (post.public and "post" in QUICK)

    def _marks(self) -> set[str]:
        return {f"{sort}q{number}q" for number in range(1, self.serial + 1) for sort in "題所秘"}

    def _public(self) -> set[str]:
        posts = {item.facts.title for item in self.store.posts_of(town.CODE) if item.public}
        return posts | {item.facts.name for item in self.store.places_of(town.CODE) if item.gone_on is None}

    def teardown(self) -> None:
        """The tree that was kept step by step is the one that is made afresh, byte for byte."""
        if hasattr(self, "keeper"):
            afresh = self._keeper("afresh")
            afresh.once()
            kept, made = tree(self.keeper), tree(afresh)
            assert {
                path: (kept.get(path), made.get(path)) for path in kept | made if kept.get(path) != made.get(path)
            } == {}
            self.store.close()
            shutil.rmtree(self.folder)


@pytest.mark.usefixtures("home")
class TestLife(Life.TestCase):
    """Random lives of the town."""

    settings = settings(  # the steps are few enough to be read without being made fewer
        max_examples=4,
        stateful_step_count=8,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
