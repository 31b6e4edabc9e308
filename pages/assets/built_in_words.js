// The words that Streamlit's widgets say in English, put into the page's language wherever they appear.
"use strict";
(() => {
  const words = new Map(Object.entries(JSON.parse(document.getElementById("built-in-words").textContent)));
  const ATTRIBUTES = ["aria-label", "placeholder", "title"];
  // What people wrote stays as it is.
  const THEIRS = '[data-testid="stMarkdownContainer"], [data-testid="stHtml"], textarea, script, style';

  function text(node) {
    const said = words.get(node.data.trim());
    if (said && node.parentElement && !node.parentElement.closest(THEIRS)) node.data = said;
  }

  function attributes(node) {
    for (const name of ATTRIBUTES) {
      const said = words.get(node.getAttribute(name));
      if (said) node.setAttribute(name, said);
    }
  }

  function all(root) {
    if (root.nodeType === Node.TEXT_NODE) return text(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return undefined;
    attributes(root);
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      if (walk.currentNode.nodeType === Node.TEXT_NODE) text(walk.currentNode);
      else attributes(walk.currentNode);
    }
    return undefined;
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") attributes(change.target);
      else if (change.type === "characterData") text(change.target);
      else change.addedNodes.forEach(all);
    }
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  all(document.documentElement);
})();
