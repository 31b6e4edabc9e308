"""Those who are no group: staff who decide and type in, an administrator who invites, residents who ask."""

from __future__ import annotations

import time
from itertools import count, cycle
from typing import TYPE_CHECKING

import httpx

from pages.forms.robots import LEAST_S
from portal.model.post import PostState
from tests import town
from tests.killing.desk import paragraph
from tests.killing.looking import INVITED, WHOLE
from tests.killing.visitor import Visitor, hidden

if TYPE_CHECKING:
    from tests.killing.desk import Desk

REVIEW = f"/review?municipality={town.CODE}&id="
JOIN = f"/join?municipality={town.CODE}&typed=1"
RETURNED_EVERY = 5
NOTHING_TO_DO_S = 0.02
FILLED_IN_S = LEAST_S + 1


class Approver:
    """Decides about the posts that the groups hand in; every fifth is returned."""

    def __init__(self, desk: Desk) -> None:
        """Staff of the town."""
        self._desk, self._decided = desk, 0

    def begin(self) -> None:
        """Nothing is left over from before a kill but what waits."""

    def step(self) -> None:
        """One decision, if anything waits."""
        if not self._desk.shelf.waiting:
            time.sleep(NOTHING_TO_DO_S)
            return
        post = self._desk.shelf.waiting.popleft()
        try:
            self._decide(*post)
        except httpx.TransportError:
            self._desk.shelf.waiting.appendleft(post)
            raise

    def _decide(self, post: str, title: str) -> None:
        number = hidden(self._desk.visitor.page(f"{REVIEW}{post}"), "based_on")
        if self._desk.sent.kept("state", title) != PostState.WAITING:
            return  # the decision that a kill cut off was made after all
        self._decided += 1
        returned = self._decided % RETURNED_EVERY == 0
        state = PostState.RETURNED if returned else PostState.LIVE
        fields = {"do": "return" if returned else "approve", "reason": "確認しました。", "based_on": number}
        kind = "post returned" if returned else "post approved"
        done = self._desk.change(kind, {("state", title): str(state)}, (f"{REVIEW}{post}", "/"), **fields)
        if done and not returned:
            self._desk.shelf.live.append((post, title))


class Clerk:
    """Staff who change their name, type in a group's application, and sign in on another device."""

    def __init__(self, desk: Desk, account: str, email: str) -> None:
        """Whose account it is."""
        self._desk, self._account, self._email = desk, account, email
        self._turns = cycle([self._rename, self._type_in, self._rename, self._sign_in])

    def begin(self) -> None:
        """Look how the account stands after a kill."""
        self._desk.shows(self._desk.visitor.page("/account"), "name", self._account)

    def step(self) -> None:
        """One change."""
        next(self._turns)()

    def _rename(self) -> None:
        name = self._desk.next("係")
        values = {("name", self._account): name}
        self._desk.change("account renamed", values, ("/account", "/account"), name=name, language="ja")

    def _type_in(self) -> None:
        name = self._desk.next("あつまり")
        values = {("about", name): paragraph(name, 0)}
        way = (JOIN, "/groups")
        self._desk.change("group typed in", values, way, name=name, about=paragraph(name, 0), consent="1")

    def _sign_in(self) -> None:
        visitor = Visitor(self._desk.visitor.url, "192.0.2.99")
        try:
            token = visitor.sign_in(self._email)
        finally:
            visitor.close()
        if token:
            self._desk.sent.acknowledge("signed in", {("sign-in", token): WHOLE})
        else:
            self._desk.sent.refuse("signed in", {}, 400)


class Inviter:
    """An administrator who invites staff: each invitation is a link and a mail."""

    def __init__(self, desk: Desk) -> None:
        """Whose browser it is."""
        self._desk, self._numbers = desk, count()

    def begin(self) -> None:
        """Have a form of this sign-in."""
        self._desk.visitor.page("/people")

    def step(self) -> None:
        """One invitation."""
        email = f"{INVITED}{next(self._numbers)}@example.jp"
        values = {("invitation", email): WHOLE}
        self._desk.change("staff invited", values, ("/people", "/people"), invite="1", email=email, role=town.CODE)


class Asker:
    """A resident after the other, each of whom asks about a post; none of them signs in."""

    def __init__(self, desk: Desk) -> None:
        """Whose browser it is."""
        self._desk, self._numbers = desk, count()
        self._opened = 0.0

    def begin(self) -> None:
        """Open a form of this browser; once is enough, as it is good for a day."""
        if not self._opened:
            self._desk.visitor.page(f"/ask?post={self._desk.shelf.live[0][0]}")
            self._opened = time.monotonic()

    def step(self) -> None:
        """One question, about each post in turn; who fills the form in too quickly is no person."""
        time.sleep(max(0, self._opened + FILLED_IN_S - time.monotonic()))
        number = next(self._numbers)
        post, _ = self._desk.shelf.live[number % len(self._desk.shelf.live)]
        asker = f"asker-{number}@example.jp"
        text = paragraph(asker, 0)
        self._desk.visitor.address = f"198.51.{number // 250 % 250}.{number % 250}"
        way = (f"/ask?post={post}", "/ask")
        self._desk.change("question asked", {("question", asker): text}, way, name="住民", reply_to=asker, text=text)
