"""What waits to be made: first what shows a thing that just changed, then the rest, then what takes long."""

from __future__ import annotations

from typing import Final

URGENT: Final = 0
USUAL: Final = 1
SLOW: Final = 2


class Queue:
    """Paths, each once, by how soon they are wanted and then in the order in which they came."""

    def __init__(self) -> None:
        """Nothing waits."""
        self._waiting: tuple[dict[str, None], ...] = ({}, {}, {})

    def put(self, path: str, *, slow: bool, urgent: bool) -> None:
        """Let it be made; what waits already comes sooner where it is wanted sooner, and never later."""
        place = SLOW if slow else URGENT if urgent else USUAL
        if any(path in lane for lane in self._waiting[: place + 1]):
            return
        for lane in self._waiting[place + 1 :]:
            lane.pop(path, None)
        self._waiting[place][path] = None

    def take(self) -> str:
        """The next; raises IndexError where nothing waits."""
        for lane in self._waiting:
            if lane:
                path = next(iter(lane))
                del lane[path]
                return path
        raise IndexError

    def any(self, *, slow: bool) -> bool:
        """Whether anything waits; without ``slow`` anything but what takes long."""
        return any(self._waiting if slow else self._waiting[:SLOW])

    @property
    def pressing(self) -> bool:
        """Whether something waits that shows what just changed."""
        return bool(self._waiting[URGENT])

    def __contains__(self, path: str) -> bool:
        """Whether it waits."""
        return any(path in lane for lane in self._waiting)

    def __len__(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting))
