"""Somebody who has no mouse: goes to a control with Tab, and acts with Enter, Space, arrows and typed text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

STEPS_MAX: Final = 250
HERE: Final = "it => it === document.activeElement"
IN_GROUP: Final = "it => document.activeElement.type === 'radio' && document.activeElement.name === it.name"


class Keyboard:
    """The keys of one page, and how many inputs they came to: a field filled, a choice made, a button pressed."""

    def __init__(self, page: Page) -> None:
        """Nothing was done yet."""
        self.page, self.inputs = page, 0

    def go_to(self, wanted: Locator, there: str = HERE) -> None:
        """Press Tab until ``wanted`` has the focus; AssertionError where no number of steps leads to it."""
        its = wanted.element_handle()  # found once: it stays where it is while one goes there
        for _ in range(STEPS_MAX):
            if its.evaluate(there):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(wanted)

    def press(self, wanted: Locator) -> None:
        """Follow a link or press a button."""
        self.go_to(wanted)
        self.inputs += 1
        self.page.keyboard.press("Enter")

    def tick(self, wanted: Locator) -> None:
        """Tick a box."""
        self.go_to(wanted)
        self.inputs += 1
        self.page.keyboard.press("Space")

    def fill(self, wanted: Locator, text: str) -> None:
        """Write into a field, in the stead of what stands there; the text arrives as from an input method."""
        self.go_to(wanted)
        self.inputs += 1
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def dial(self, wanted: Locator, digits: str) -> None:
        """Type a time or a day digit by digit."""
        self.go_to(wanted)
        self.inputs += 1
        self.page.keyboard.type(digits)

    def choose(self, wanted: Locator) -> None:
        """Choose one of a few with the arrows."""
        self.go_to(wanted, IN_GROUP)
        self.inputs += 1
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        for _ in range(STEPS_MAX):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(wanted)

    def pick(self, wanted: Locator, steps: int) -> None:
        """Choose the entry that lies so many steps below in a list that opens."""
        self.go_to(wanted)
        self.inputs += 1
        for _ in range(steps):
            self.page.keyboard.press("ArrowDown")
