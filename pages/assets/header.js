// The header is not drawn anew when a filter of the screen changes: its links that keep the filters take them from the
// address at the moment when they are used.
"use strict";
(() => {
  const LANGUAGE = ".languages a[hreflang]";
  const SIGN_IN = ".who a[href*='next=']";

  function use(event) {
    const link = event.target instanceof Element && event.target.closest(`${LANGUAGE}, ${SIGN_IN}`);
    if (!link) return;
    const to = new URL(link.href);
    if (link.matches(LANGUAGE)) {
      const asked = new URLSearchParams(location.search);
      asked.set("lang", link.hreflang);
      to.search = asked;
    } else {
      const [screen] = to.searchParams.get("next").split("?");
      to.searchParams.set("next", screen + location.search);
    }
    link.href = to.href;
  }

  for (const name of ["pointerdown", "click"]) document.addEventListener(name, use, { capture: true });
})();
