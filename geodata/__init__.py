"""The formats that municipal data comes and goes in, one file a format."""
