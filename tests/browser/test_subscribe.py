"""Asking to be told in a real browser: on a phone, without scripts, and what its worker does with a push message."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from db import open_store
from tests import town
from tests.browser.conftest import LOCALES, Watch
from tests.browser.plain_faults import faults_of
from tests.browser.test_plain_forms import LOW
from tests.portal import people
from tests.portal.test_subscribing import BROWSER

ROOT = Path(__file__).parents[2]
UNAVAILABLE = "Push API in incognito mode"
"""What Chromium says where it offers no push service, as in the windows of tests."""
REGISTER = "navigator.serviceWorker.register('/push-worker.js').then(() => navigator.serviceWorker.ready)"
SHOWN = (
    "navigator.serviceWorker.ready.then((it) => it.getNotifications())"
    ".then((all) => all.map((it) => [it.title, it.data]))"
)
SERVICE = """
const kept = () => {
  const to = JSON.parse(localStorage.getItem("to"));
  return to && { ...to, toJSON: () => to, unsubscribe: async () => localStorage.removeItem("to") };
};
PushManager.prototype.subscribe = async (asked) => {
  if (!asked.userVisibleOnly || asked.applicationServerKey.length !== 65) throw new Error("no such key");
  localStorage.setItem("to", JSON.stringify(BROWSER));
  return kept();
};
PushManager.prototype.getSubscription = async () => kept();
"""
"""Stands for the browser maker's push service, which is on the internet: it gives an endpoint and forgets it."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal that runs for real over the invented town, with a mail server in its settings and push messages on."""
    home = tmp_path_factory.mktemp("telling")
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    people.settle(town.settle(store))
    store.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    known = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    known |= {"PORTAL_HOME": str(home), "PORTAL_PUBLIC_URL": url, "PORTAL_PUSH": "on", "PORTAL_SAMPLE": "off"}
    known |= {"PORTAL_SMTP_HOST": "127.0.0.1", "PORTAL_SMTP_PORT": "9", "PORTAL_MAIL_FROM": "portal@ibasho.example"}
    port = str(urlsplit(url).port)
    run = [sys.executable, "-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", port]
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(run, cwd=ROOT, env=known, stdout=log, stderr=subprocess.STDOUT)  # noqa: S603  # our own interpreter and arguments
        try:
            _wait(url)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(url: str) -> None:
    """Until the portal answers, for a minute at most."""
    until = time.monotonic() + 60
    while True:
        try:
            urlopen(f"{url}/healthz", timeout=5).close()  # noqa: S310  # our own server
        except OSError:
            assert time.monotonic() < until, "the portal did not start"
            time.sleep(0.2)
        else:
            return


@pytest.fixture
def open_here(browser, portal):
    """Open pages of this portal, watched: ``open_here(path, language="en", scripts=True)``."""
    contexts, watch = [], Watch(urlsplit(portal).netloc)

    def open_one(path="/subscribe", *, language="ja", scripts=True):
        size = {"width": 360, "height": 800}
        context = browser.new_context(viewport=size, locale=LOCALES[language], java_script_enabled=scripts)
        context.grant_permissions(["notifications"], origin=portal)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(portal + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [fault for fault in watch.faults if UNAVAILABLE not in fault] == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_choice_keeps_nobody_out(open_here, language):
    """No axe finding, nothing too small to press and nothing wider than the page, on a phone and on a desk."""
    page = open_here(language=language)
    page.locator("summary").click()
    assert faults_of(page, LOW) == []


def test_mail_is_asked_for_without_scripts(open_here):
    """The form is whole, the browser's button is not there, and Enter in the address asks for mail."""
    page = open_here(scripts=False)
    expect(page.locator("#push")).to_be_hidden()
    page.locator("input[name=district]").first.check()
    page.wait_for_timeout(3100)  # nobody fills it in faster
    page.locator("#f-email").fill("hanako@example.jp")
    page.locator("#f-email").press("Enter")
    page.wait_for_url("**/subscribe?sent=mail*")
    expect(page.locator("h1")).to_have_text("確認のメールを送ります")


def test_where_the_browser_has_no_push_service_it_says_so(open_here):
    """The button is there, it cannot be done here, and the mail form remains."""
    page = open_here()
    page.locator("#push-start").click()
    expect(page.locator("#push-said")).to_contain_text("始められませんでした")
    expect(page.locator("#f-email")).to_be_visible()
    expect(page.locator("#push-stop")).to_be_hidden()


def test_the_button_has_the_browser_told_and_stops_it(open_here):
    """It hands endpoint and keys over with the choice; on the same page, later, one press stops it, signed out."""
    page = open_here()
    told = {"endpoint": BROWSER.endpoint, "keys": {"p256dh": BROWSER.p256dh, "auth": BROWSER.auth}}
    page.context.add_init_script(SERVICE.replace("BROWSER", json.dumps(told)))
    page.reload()
    page.wait_for_timeout(3100)  # nobody fills it in faster
    page.locator("#push-start").click()
    page.wait_for_url("**/subscribe?sent=browser*")
    expect(page.locator("h1")).to_have_text("通知を登録しました")
    page.locator("main a").click()
    page.locator("#push-stop").click()
    expect(page.locator("#push-said")).to_have_text("このブラウザーの通知をやめました。")
    expect(page.locator("#push-stop")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('to')") is None


def test_a_push_message_is_shown_with_its_link(open_here, portal):
    """The worker shows the title and keeps the link for a press; it asks for nothing else."""
    page = open_here()
    page.evaluate(f"{REGISTER}.then(() => 1)")
    session, known = page.context.new_cdp_session(page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: known.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    page.wait_for_function("navigator.serviceWorker.ready.then((it) => it.active.state === 'activated')")
    told = {"title": "【新着】もちつき大会(催し)", "link": f"{portal}/ja/99901/post/post-1/"}
    number = next(item["registrationId"] for item in known if item["scopeURL"] == f"{portal}/")
    message = {"origin": portal, "registrationId": number, "data": json.dumps(told)}
    session.send("ServiceWorker.deliverPushMessage", message)
    for _ in range(50):
        if found := page.evaluate(SHOWN):
            break
        page.wait_for_timeout(100)
    assert found == [[told["title"], told["link"]]]
