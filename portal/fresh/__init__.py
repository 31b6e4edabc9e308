"""Verified is not edited: what is past its limit, asking, and the answers."""
