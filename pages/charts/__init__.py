"""Charts of a review: from plain values, readable in black and white, each beside its table."""
