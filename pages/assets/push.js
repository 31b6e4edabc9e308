// The button that has this browser told by push messages. Without scripts it is not there, and the mail form remains.
"use strict";

(() => {
  const area = document.getElementById("push");
  const known = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!area || !known || !window.isSecureContext) return;

  const form = area.closest("form");
  const start = document.getElementById("push-start");
  const stop = document.getElementById("push-stop");
  const said = document.getElementById("push-said");

  function say(name) {
    said.textContent = said.dataset[name];
    said.hidden = false;
  }

  function bytes(text) {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  }

  function registered() {
    return navigator.serviceWorker.getRegistration(area.dataset.worker).then((found) => found?.pushManager.getSubscription());
  }

  async function begin() {
    if ((await Notification.requestPermission()) !== "granted") return say("denied");
    const key = bytes(area.dataset.key);
    await navigator.serviceWorker.register(area.dataset.worker);
    const worker = await navigator.serviceWorker.ready;
    const asked = { userVisibleOnly: true, applicationServerKey: key };
    const to = await worker.pushManager.subscribe(asked);
    const { endpoint, keys } = to.toJSON();
    form.elements.endpoint.value = endpoint;
    form.elements.p256dh.value = keys.p256dh;
    form.elements.auth.value = keys.auth;
    form.requestSubmit(document.getElementById("push-send"));
  }

  async function end() {
    const to = await registered();
    if (to) {
      const body = new URLSearchParams({ endpoint: to.endpoint });
      const answer = await fetch("/unsubscribe", { method: "POST", body, credentials: "omit" });
      if (!answer.ok) throw new Error(String(answer.status));
      await to.unsubscribe();
    }
    stop.hidden = true;
    say("stopped");
  }

  async function press(button, work) {
    button.disabled = true;
    said.hidden = true;
    try {
      await work();
    } catch {
      say("failed");
    }
    button.disabled = false;
  }

  start.addEventListener("click", () => press(start, begin));
  stop.addEventListener("click", () => press(stop, end));
  area.hidden = false;
  registered().then((to) => { stop.hidden = !to; }, () => {});
})();
