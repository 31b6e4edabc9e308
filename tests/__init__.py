"""The promises of the portal, room by room."""
