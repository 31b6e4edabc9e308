"""Verified is not edited: what nobody made sure of for too long, asking those who run it, and their answers."""

from __future__ import annotations

from portal.fresh.answering import Answer, Answered, answer, look, say_changes, to_change
from portal.fresh.asking import Asked, Rounds, ask, rounds
from portal.fresh.due import Due, due, import_days, is_asked, past_limit
from portal.fresh.verifying import verify

__all__ = [
    "Answer",
    "Answered",
    "Asked",
    "Due",
    "Rounds",
    "answer",
    "ask",
    "due",
    "import_days",
    "is_asked",
    "look",
    "past_limit",
    "rounds",
    "say_changes",
    "to_change",
    "verify",
]
