"""Posts: written, submitted, cancelled, copied, taken over from outside, and what waits for a decision."""
