"""The addresses of the plain pages: HTML that the server renders, forms that need no scripts."""

from __future__ import annotations

from typing import Final

from starlette.routing import Route

from pages.forms import (
    account,
    ask,
    confirm,
    enquiries,
    feed_upload,
    flyer,
    group_settings,
    groups_page,
    history_page,
    invitation,
    join,
    municipality_settings,
    my,
    oidc,
    outbox_page,
    people_page,
    place_edit,
    post_actions,
    queue,
    reset,
    review,
    sign_in,
    still,
    still_print,
    workbook,
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
    *flyer.ROUTES,
    *workbook.ROUTES,
    *feed_upload.ROUTES,
    *join.ROUTES,
    *write.ROUTES,
    *post_actions.ROUTES,
    *my.ROUTES,
    *group_settings.ROUTES,
    *ask.ROUTES,
    *still.ROUTES,
    *still_print.ROUTES,
    *enquiries.ROUTES,
    *groups_page.ROUTES,
    *history_page.ROUTES,
    *municipality_settings.ROUTES,
    *place_edit.ROUTES,
    *queue.ROUTES,
    *review.ROUTES,
)
"""A new plain page is one file in ``pages/forms`` and one line here."""
