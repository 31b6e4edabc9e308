"""Files as they should not be, one builder for each, and what the portal promises to make of them."""
