"""The wait that other tests of this folder stand on."""

from __future__ import annotations

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004  # Playwright's own name

from tests.browser.rest import at_rest

STEPS, STEP_MS = 5, 100
SHORT_MS = 1_200


@pytest.fixture
def page(browser):
    """An empty page that is not waited for long."""
    context = browser.new_context()
    context.set_default_timeout(SHORT_MS)
    yield context.new_page()
    context.close()


def test_what_changes_is_waited_for(page):
    """What goes on changing is there to its end after the wait, in a frame of the page too."""
    change = "document.querySelector('p').append('x')"
    late = f"<p></p><script>for (let n = 1; n <= {STEPS}; n++) setTimeout(() => {change}, n * {STEP_MS})</script>"
    page.set_content(f'<h1>Late</h1><iframe srcdoc="{late.replace("<=", "&lt;=")}"></iframe>')
    at_rest(page)
    assert page.frames[1].locator("p").inner_text() == "x" * STEPS


@pytest.mark.parametrize(
    "restless",
    [
        "<h1></h1><script>setInterval(() => document.querySelector('h1').append('x'), 50)</script>",
        "<h1 data-stale=true></h1>",
        "<div id=root></div>",
        "<div data-testid=stApp data-test-script-state=running><h1></h1></div>",
        "<div data-testid=stApp data-test-script-state=notRunning></div>",
        "<iframe src='about:blank'></iframe>",
    ],
)
def test_what_never_rests_is_told(page, restless):
    """A page that goes on changing, or is not drawn to its end, is not taken for one that rests."""
    page.set_content(restless)
    with pytest.raises(TimeoutError):
        at_rest(page)
