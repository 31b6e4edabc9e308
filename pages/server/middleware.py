"""What every request passes through, in this order."""

from __future__ import annotations

from typing import Final

from starlette.middleware import Middleware

from pages.server.admission import Admission
from pages.server.headers import SecurityHeaders
from pages.server.sound_requests import SoundRequests

MIDDLEWARE: Final = (Middleware(SecurityHeaders), Middleware(SoundRequests), Middleware(Admission))
