"""Groups: applying, what they say of themselves, the office's decisions, who acts for them."""
