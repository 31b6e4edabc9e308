"""Plain pages: forms that the server renders as HTML, which work without scripts (sign-in, applying, posting …)."""
