"""Passwords: what is taken for one, how it is kept, and how it is compared.

Argon2id with 19 MiB, two passes and one lane (OWASP Password Storage Cheat Sheet); rules after NIST SP 800-63B-4: at
least 15 characters where the password is the only factor, no rule of composition, NFKC before hashing.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from portal.errors import InvalidRecordError
from portal.normalise import fold

SHORTEST: Final = 15
LONGEST: Final = 1_000
"""Characters; hashing takes the same time for all of them."""
LEFT_OVER: Final = 8
"""So many characters must be left of a password without what everybody knows of the person and the portal."""
PORTAL_NAMES: Final = ("ibasho", "いばしょ")
AT_ONCE: Final = 4
"""So many are hashed at the same moment: a flood of sign-ins takes 76 MiB and not 19 for each."""
_turn: Final = threading.BoundedSemaphore(AT_ONCE)
_hasher: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


def check(password: str, email: str, *names: str) -> None:
    """Raise InvalidRecordError for a password that is too short, too long, or made of the address or a name.

    ``names`` are the portal's: what it is called here.
    """
    length = len(_normal(password))
    if length < SHORTEST:
        raise InvalidRecordError("identity.password_short", least=SHORTEST, has=length)
    if length > LONGEST:
        raise InvalidRecordError("identity.password_long", most=LONGEST)
    rest = fold(password)
    for known in sorted({email, email.split("@", maxsplit=1)[0], *names, *PORTAL_NAMES}, key=len, reverse=True):
        if fold(known):
            rest = rest.replace(fold(known), "")
    if len(rest) < LEFT_OVER:
        raise InvalidRecordError("identity.password_known")


def hashed(password: str) -> str:
    """The password as it is kept: Argon2id in PHC text form, with a salt of its own."""
    with _turn:
        return _hasher.hash(_normal(password))


def matches(kept: str, password: str) -> bool:
    """Whether it is the password; with nothing kept the answer is no, and takes as long."""
    compared = kept or _nobodys()
    try:
        with _turn:
            _hasher.verify(compared, _normal(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def _normal(password: str) -> str:
    """The same bytes however a keyboard composed it; what no encoding can say counts as a question mark."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()


@cache
def _nobodys() -> str:
    """The hash that an unknown user's password is compared with."""
    return _hasher.hash("nobody has this password")
