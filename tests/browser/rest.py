"""When a page is at rest: drawn to the end, its map painted, its pictures there, and nothing of it changing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUIET_MS, LOOK_AGAIN_MS = 300, 100
RESTS: Final = """quiet => {
  const frames = [...document.querySelectorAll('iframe')].filter(frame => frame.clientWidth);
  const inside = frame => frame.contentDocument && frame.contentDocument.URL !== 'about:blank' && frame.contentDocument;
  const all = [document, ...frames.map(inside)];
  const there = one => one && one.readyState === 'complete' && one.fonts.status === 'loaded'
    && [...one.images].every(image => image.complete || image.loading === 'lazy');
  if (!all.every(there)) return false;
  const app = document.querySelector('[data-testid=stApp]');
  if (document.querySelector('#root') && !app) return false;
  if (app && (app.dataset.testScriptState !== 'notRunning' || !app.querySelector('h1'))) return false;
  if (document.querySelector('[data-stale=true], [data-testid=stSkeleton]')) return false;
  const maps = frames.filter(frame => frame.src.includes('streamlit_folium'));
  if (!maps.every(frame => inside(frame).querySelector('[data-ibasho-painted]'))) return false;
  const now = performance.now();
  for (const one of all) {
    if (one.changedAt) continue;
    one.changedAt = now;
    const changed = () => { one.changedAt = performance.now(); };
    new MutationObserver(changed).observe(one, {subtree: true, childList: true, attributes: true, characterData: true});
  }
  return all.every(one => now - one.changedAt >= quiet);
}"""


def at_rest(page: Page) -> None:
    """Wait until ``page``, a screen or a plain one, is at rest; TimeoutError where that does not come."""
    page.wait_for_function(RESTS, arg=QUIET_MS, polling=LOOK_AGAIN_MS)
