"""What a place, an activity and a district are, and what may be done with them."""
