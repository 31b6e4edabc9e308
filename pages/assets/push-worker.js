// Shows a push message of this portal, and opens its page when it is pressed. Nothing is noted or counted.
"use strict";

self.addEventListener("push", (event) => {
  if (!event.data) return;
  const { title, link } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { data: link, tag: link, icon: "/assets/icon.svg" }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data, self.location.origin);
  if (address.protocol === "https:" || address.origin === self.location.origin) {
    event.waitUntil(self.clients.openWindow(address.href));
  }
});
