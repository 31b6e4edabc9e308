"""Keeping the twin: what changed is made anew in small turns, what is no longer public goes first."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from pages.plain import here as presence
from pages.plain import paths, sorts, tags
from pages.plain.sort import MovedError
from pages.twin import fixed, manifest
from pages.twin.manifest import Entry, Manifest
from pages.twin.queue import Queue
from pages.twin.touched import Touched
from portal.errors import GoneError, StoreBusyError, UnknownThingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pages.plain.here import Here
    from pages.plain.sort import Sort
    from pages.twin.writing import Folder

    Wanted = dict[str, Sort]
    Tags = frozenset[str]

NOT_THERE: Final = (UnknownThingError, GoneError, MovedError)
GAP_S: Final = 0.5
"""So often it is asked whether something changed."""
log = logging.getLogger(__name__)


class Keeper:
    """A twin in a folder; used by one thread at a time.

    :meth:`look` asks what changed, :meth:`step` makes one file, :meth:`turn` both for a short while.
    """

    def __init__(
        self, folder: Folder, here: Callable[[], Here] = presence.here, of: Mapping[str, Sort] = sorts.SORTS
    ) -> None:
        """Nothing is known yet of what is in ``folder``: everything is compared, and what is not known is removed."""
        self.folder = folder
        self._sorts = of
        self.entries: dict[str, Entry] = {}
        self._here = here
        self._queue = Queue()
        self._wanted: Wanted = {}
        self._touched: Touched | None = None
        self._number = -1
        self._version = ""
        self._day = ""
        self._last: Tags = frozenset()
        self._next_look = 0.0
        self.written = 0
        """So many files were written or removed."""
        self.failed: set[str] = set()
        """Paths of pages that could not be made the last time."""

    def take(self, file: Path) -> None:
        """Go on from what was kept in ``file``, where it still holds and the files are there as it says."""
        here = self._here()
        number = here.store.changes_since(-1).number
        kept = manifest.take(file, manifest.state(here.store, here.settings))
        if kept is None:
            return
        sizes = self.folder.sizes()
        self.entries = {path: of for path, of in kept.entries.items() if sizes.get(paths.file(path)) == of.size}
        self._number, self._day, self._version = number, kept.day, here.store.data_version()
        self._touched = Touched(here.store)
        self._prepare(here, frozenset())
        self._begin(here)

    def save(self, file: Path) -> None:
        """Keep what the twin is made of for the next start, which makes what still waits."""
        here = self._here()
        self.look()
        state = manifest.state(here.store, here.settings)
        if here.store.data_version() == self._version:
            made = {path: entry for path, entry in self.entries.items() if path not in self._queue}
            manifest.save(file, Manifest(state, self._day, made))

    @property
    def waiting(self) -> int:
        """How many pages wait to be made."""
        return len(self._queue)

    @property
    def pressing(self) -> bool:
        """Whether a page waits that shows what just changed."""
        return self._queue.pressing

    def once(self, *, slow: bool = True) -> None:
        """Bring everything up to date, whatever time it takes; without ``slow`` all but the slow files."""
        self.look()
        while self._queue.any(slow=slow):
            self.step()
            self.look()

    def turn(self, seconds: float) -> bool:
        """Make what is due for about so long; says whether more waits."""
        ends = time.monotonic() + seconds
        while True:
            if time.monotonic() >= self._next_look:
                began = time.monotonic()
                self.look()
                took = time.monotonic() - began
                self._next_look = time.monotonic() + max(GAP_S, 3 * took)
            if not self._queue:
                return False
            self.step()
            if time.monotonic() >= ends:
                return True

    def look(self) -> bool:
        """See what changed: what is no longer public goes at once, the rest waits in its order; says whether any."""
        here = self._here()
        version = here.store.data_version()
        changed = here.store.changes_since(self._number)
        touched = self._tags(here, changed.records)
        if touched is not None:
            # Dates are laid out in a change of their own, just after that of the record.
            laid_out = version != self._version and not changed.records
            if changed.records:
                touched, self._last = touched | self._last, touched
            touched |= (self._last | {tags.DAY}) if laid_out else frozenset()
            touched |= {tags.DAY} if self._day != manifest.day_text(here.today) else frozenset()
        self._number, self._version, self._day = changed.number, version, manifest.day_text(here.today)
        if touched is None or touched:
            self._prepare(here, touched)
            return True
        return False

    def step(self) -> None:
        """Make the next file; one that cannot be made is removed, told of, and does not keep others from being made."""
        path = self._queue.take()
        sort = self._wanted.get(path)
        found = paths.read(path)
        if sort is None or found is None:
            return
        self.failed.discard(path)
        try:
            page = sort.make(self._here(), found[1])
            self.written += self.folder.put(paths.file(path), page.content)
        except NOT_THERE:
            self._drop(path)
        except StoreBusyError:  # says nothing of the page: what is there stays until the store answers again
            self._queue.put(path, slow=sort.slow, urgent=True)
            raise
        except Exception as error:  # whatever it is, it may no longer be public, and the others are made
            # The first of many tells where; a fault in a shared part would fill the log otherwise.
            log.error("the page %s could not be made: %r", path, error, exc_info=not self.failed)  # noqa: TRY400  # as said
            self.failed.add(path)
            self._drop(path)
        else:
            self.entries[path] = Entry(page.tags, len(page.content))

    def _tags(self, here: Here, records: tuple[object, ...] | None) -> Tags | None:
        """The tags of the pages that a change touches; None for all."""
        if self._number < 0 or records is None or self._touched is None:
            self._touched = Touched(here.store)
            return None
        found = self._touched.by(records)  # type: ignore[arg-type]  # keys of records, as the store gives them
        if found is None:
            self._touched = Touched(here.store)
        return found

    def _prepare(self, here: Here, touched: Tags | None) -> None:
        """Put what is to be made into the queue, after everything that there is no more is removed."""
        self._wanted = dict(self._every(here))
        for path in self.entries.keys() - self._wanted.keys():
            self._drop(path)
        if touched is None:
            self._begin(here)
        urgent = frozenset(tag for tag in touched or () if tag.startswith((tags.thing(""), tags.frame(""))))
        for path, sort in sorted(self._wanted.items(), key=_depth):
            entry = self.entries.get(path)
            if entry is None or touched is None or entry.tags & touched:
                if sort.slow:
                    self._drop(path)
                self._queue.put(path, slow=sort.slow, urgent=entry is None or bool(entry.tags & urgent))

    def _begin(self, here: Here) -> None:
        """The files of every day, and nothing in the folder that is not known."""
        known = {paths.file(path) for path, sort in self._wanted.items() if not sort.slow or path in self.entries}
        for path, content in fixed.files(here):
            self.written += self.folder.put(path, content)
            known.add(path)
        self.written += self.folder.sweep(known.__contains__)

    def _every(self, here: Here) -> Iterator[tuple[str, Sort]]:
        """Every page that there is; a sort that cannot say keeps those that are known, to be made or dropped."""
        for sort in sorted(self._sorts.values(), key=_slow):
            try:
                named = [paths.path(sort.name, **keys) for keys in sort.every(here)]
            except Exception:  # the other sorts are kept all the same
                log.exception("the pages of the sort %s could not be listed", sort.name)
                named = [path for path, its in self._wanted.items() if its is sort]
            for path in named:
                if paths.read(path) is None:
                    log.warning("%s is no path of the public side", path)
                else:
                    yield path, sort

    def _drop(self, path: str) -> None:
        self.entries.pop(path, None)
        self.written += self.folder.drop(paths.file(path))


def _slow(sort: Sort) -> bool:
    return sort.slow


def _depth(item: tuple[str, Sort]) -> int:
    """The pages at the top come first: a municipality's own and its evacuation sites before each single place."""
    return item[0].count("/")
