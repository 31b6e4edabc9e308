"""Numbers of people in need (避難行動要支援者): what is shown of them, and to whom.

Nothing outside of this folder asks the store for them. :func:`disclosed` is for everybody, :func:`raw` for staff who
say why they look.
"""

from __future__ import annotations

from portal.disclosure.looking import raw
from portal.disclosure.showing import Disclosed, disclosed

__all__ = ["Disclosed", "disclosed", "raw"]
