"""The store, as services see it: every test runs on a real one."""
