"""Coverage (充足状況): how every district stands against what the municipality expects of it."""
