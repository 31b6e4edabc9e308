"""The parts that screens are put together from; each owns the state of its widgets and returns a value."""
