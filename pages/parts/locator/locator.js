"use strict";
/* A button that asks the browser where it is, once for each press, and hands the answer to the screen. */

const button = document.getElementById("ask");
const whole = document.getElementById("whole");
const said = document.getElementById("said");
let phrases = {};
let asking = false;

function tell(type, more) {
  window.parent.postMessage({ isStreamlitMessage: true, type, ...more }, "*");
}

function fit() {
  tell("streamlit:setFrameHeight", { height: Math.ceil(whole.getBoundingClientRect().height) });
}

function say(key) {
  said.textContent = key ? phrases[key] : "";
  asking = key === "asking";
  button.setAttribute("aria-disabled", String(asking));
  fit();
}

function found(position) {
  say("");
  const { latitude: lat, longitude: lon } = position.coords;
  tell("streamlit:setComponentValue", { dataType: "json", value: { lat, lon, at: position.timestamp } });
}

button.addEventListener("click", () => {
  if (asking) return;
  if (!navigator.geolocation) return say("unable");
  say("asking");
  navigator.geolocation.getCurrentPosition(
    found,
    (error) => say(error.code === error.PERMISSION_DENIED ? "denied" : "unable"),
    { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
  );
});

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || event.data?.type !== "streamlit:render") return;
  ({ phrases } = event.data.args);
  document.documentElement.lang = event.data.args.language;
  document.title = phrases.button;
  window.frameElement?.setAttribute("title", phrases.button);
  button.textContent = phrases.button;
  button.hidden = false;
  fit();
});

new ResizeObserver(fit).observe(whole);
tell("streamlit:componentReady", { apiVersion: 1 });
