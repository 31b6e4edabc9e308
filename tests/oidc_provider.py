"""A small OpenID provider on this machine, for the tests of signing in with the office's account.

It is a real HTTP server: discovery, authorization (whoever comes is signed in at once as ``person``), token with PKCE,
keys. ``spoil`` says what it does wrong.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT = "ibasho"
SECRET = "the client's secret"  # noqa: S105  # of the tests' own provider


@dataclass
class Provider:
    """What the provider knows, and what it does wrong."""

    issuer: str = ""
    person: dict[str, Any] = field(
        default_factory=lambda: {"sub": "1", "email": "staff@example.jp", "email_verified": True}
    )
    spoil: dict[str, Any] = field(default_factory=dict)
    """``claims`` replaces claims of the ID token, ``key`` signs with another key, ``algorithm``, ``metadata``."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    taken: list[dict[str, str]] = field(default_factory=list)
    """The token requests that it answered."""

    def metadata(self) -> dict[str, Any]:
        """What it says of itself."""
        known = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
        }
        return known | self.spoil.get("metadata", {})

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser goes with its code; the request is one for a code with PKCE, state and nonce."""
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str], login: str) -> tuple[int, dict[str, Any]]:
        """The tokens for a code, once, for who has the secret and the verifier of its challenge."""
        asked = self.codes.pop(sent.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        right = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or challenge.decode().rstrip("=") != asked["code_challenge"] or login != f"Basic {right}":
            return 400, {"error": "invalid_grant"}
        self.taken.append(sent)
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])}

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "nonce": nonce, "iat": now, "exp": now + 300, **self.person}
        claims |= self.spoil.get("claims", {})
        algorithm = self.spoil.get("algorithm", "RS256")
        key = OctKey.import_key(SECRET) if algorithm == "HS256" else self.spoil.get("key", self.key)
        if algorithm == "none":
            parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
            return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": algorithm, "kid": "one"}, kept, key, algorithms=[algorithm])


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers on a port of its own until the block ends."""
    provider = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that the server calls
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(303)
                self.send_header("Location", provider.authorize({k: v[0] for k, v in parse_qs(parts.query).items()}))
                self.end_headers()
            elif parts.path == "/.well-known/openid-configuration":
                self._json(200, provider.metadata())
            else:
                self._json(200, {"keys": [provider.key.as_dict(private=False)]})

        def do_POST(self) -> None:  # the name that the server calls
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            self._json(*provider.token(sent, self.headers.get("Authorization", "")))

        def _json(self, status: int, data: object) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(data).encode())

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
