"""The OpenID provider that staff sign in with: authorization code with PKCE, state and nonce (OpenID Connect Core 1.0).

The protocol is Authlib's; the ID token's signature, issuer, audience, times and nonce are checked here, once.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests.exceptions import RequestException

from portal.errors import ForbiddenError, OutsideError
from portal.identity import Vouched

if TYPE_CHECKING:
    from portal.settings import Settings

CONFIGURATION: Final = "/.well-known/openid-configuration"
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
"""Signatures with a key pair; "none" and shared secrets are not among them."""
SCOPE: Final = "openid email profile"
TIME_S: Final = 10
CLOCKS_MAY_DIFFER_S: Final = 60
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was sent to the provider: what its answer must fit."""

    state: str
    nonce: str
    verifier: str
    """PKCE's (RFC 7636)."""


def begin(settings: Settings, back: str) -> tuple[str, Begun]:
    """Where to send the browser, and what the answer at the address ``back`` must fit. Raises OutsideError."""
    with _session(settings, back) as session:
        begun = Begun(generate_token(43), generate_token(43), generate_token(64))
        address, _ = session.create_authorization_url(
            _metadata(settings, session)["authorization_endpoint"],
            state=begun.state,
            nonce=begun.nonce,
            code_verifier=begun.verifier,
        )
    return address, begun


def finish(settings: Settings, back: str, begun: Begun, answer: str) -> Vouched:
    """Whom the provider vouches for, by its answer: the address, with its parameters, that the browser came to.

    Raises ForbiddenError for an answer or an ID token that does not fit, OutsideError for a provider that cannot be
    reached or does not take the code (used before, say).
    """
    with _session(settings, back) as session:
        metadata = _metadata(settings, session)
        try:
            token = session.fetch_token(
                metadata["token_endpoint"],
                authorization_response=answer,
                state=begun.state,
                code_verifier=begun.verifier,
                timeout=TIME_S,
            )
            keys = KeySet.import_key_set(_json(session, metadata["jwks_uri"]))
        except (AuthlibBaseError, RequestException, JoseError, ValueError, KeyError) as error:
            log.warning("the OpenID provider did not take a sign-in: %s", error)
            raise OutsideError("oidc.not_taken") from None
    return _vouched(settings, begun, str(token.get("id_token", "")), keys)


def _vouched(settings: Settings, begun: Begun, id_token: str, keys: KeySet) -> Vouched:
    rules = jwt.JWTClaimsRegistry(
        leeway=CLOCKS_MAY_DIFFER_S,
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client},
        nonce={"essential": True, "value": begun.nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        claims = jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
        rules.validate(claims)
    except (JoseError, ValueError, KeyError) as error:
        log.warning("an ID token does not fit: %s", error)
        raise ForbiddenError("oidc.does_not_fit") from None
    if claims.get("azp", settings.oidc_client) != settings.oidc_client:
        raise ForbiddenError("oidc.does_not_fit")
    email = str(claims.get("email", ""))
    return Vouched(settings.oidc_issuer, str(claims["sub"]), email, claims.get("email_verified") is True)


def _session(settings: Settings, back: str) -> OAuth2Session:
    session = OAuth2Session(
        settings.oidc_client,
        settings.oidc_secret or None,
        token_endpoint_auth_method="client_secret_basic" if settings.oidc_secret else "none",
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
    )
    session.trust_env = False
    return session


def _metadata(settings: Settings, session: OAuth2Session) -> dict[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 1.0, 4.3: its issuer is the one asked)."""
    try:
        found = _json(session, settings.oidc_issuer.rstrip("/") + CONFIGURATION)
        sound = isinstance(found, dict) and found["issuer"] == settings.oidc_issuer
    except (RequestException, AuthlibBaseError, ValueError, KeyError) as error:
        log.warning("the OpenID provider cannot be asked: %s", error)
        raise OutsideError("oidc.unreachable") from None
    if not sound:
        log.warning("the OpenID provider bears another issuer than the setting oidc_issuer")
        raise OutsideError("oidc.unreachable")
    return found


def _json(session: OAuth2Session, address: str) -> Any:  # noqa: ANN401  # JSON is any of six types
    answer = session.request("GET", address, withhold_token=True, timeout=TIME_S)
    answer.raise_for_status()
    return answer.json()
