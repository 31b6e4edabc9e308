// Stops the time from the next click (or, with `load`, from the page's beginning) until the map shows `expected` places
// and has been painted. The same rule for every map: the milliseconds stand in the page's data-bench-ms.
({ expected, load }) => {
  const root = document.documentElement;
  delete root.dataset.benchMs;
  let started = load ? 0 : null;
  const start = () => {
    started ??= performance.now();
  };
  document.addEventListener("click", start, { capture: true, once: true });

  // How many places the map shows: one by one or as counts in clusters.
  const shown = () => {
    const frame = [...document.querySelectorAll('iframe[src*="streamlit_folium"]')].pop();
    const page = frame && frame.contentDocument;
    if (!page) return -1;
    const ours = page.querySelector("[data-ibasho-painted]");
    if (ours) return Number(ours.dataset.ibashoTotal);
    const count = (node) => (node.classList.contains("marker-cluster") ? Number(node.textContent) : 1);
    return [...page.querySelectorAll(".leaflet-marker-icon")].reduce((sum, node) => sum + count(node), 0);
  };
  const painted = () => {
    root.dataset.benchMs = performance.now() - started;
  };
  const look = () => {
    if (started !== null && shown() === expected) requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(painted)));
    else setTimeout(look, 5);
  };
  look();
}
