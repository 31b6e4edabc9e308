"""The addresses of the plain pages: HTML that the server renders, forms that need no scripts."""

from __future__ import annotations

from typing import Final

from starlette.routing import Route

from pages.forms import (
    account,
    confirm,
    invitation,
    join,
    my,
    oidc,
    outbox_page,
    people_page,
    post_actions,
    reset,
    sign_in,
    write,
)

FORM: Final = ("GET", "POST")

PLAIN: Final = (
    Route("/sign-in", sign_in.page, methods=FORM),
    Route("/sign-out", sign_in.sign_out, methods=["POST"]),
    Route("/invitation", invitation.page, methods=FORM),
    Route("/reset", reset.page, methods=FORM),
    Route("/confirm", confirm.page, methods=FORM),
    Route("/account", account.page, methods=FORM),
    Route("/people", people_page.page, methods=FORM),
    Route("/outbox", outbox_page.page),
    Route("/oidc/start", oidc.start),
    Route("/oidc/back", oidc.back),
    *join.ROUTES,
    *write.ROUTES,
    *post_actions.ROUTES,
    *my.ROUTES,
)
"""A new plain page is one file in ``pages/forms`` and one line here."""
