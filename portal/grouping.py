"""Groups: they apply, the office decides, they say what they are, and people act for them."""

from __future__ import annotations

from portal.groups.applying import Application, apply_for, mend, to_mend, type_in
from portal.groups.changing import edit
from portal.groups.deciding import approve, close, decline, resume, return_, suspend
from portal.groups.members import hand_over, remove_member
from portal.groups.seeing import see

__all__ = [
    "Application",
    "apply_for",
    "approve",
    "close",
    "decline",
    "edit",
    "hand_over",
    "mend",
    "remove_member",
    "resume",
    "return_",
    "see",
    "suspend",
    "to_mend",
    "type_in",
]
