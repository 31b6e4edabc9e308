"""Reach (到達圏): how many people have something within a walk, and where one more place would reach most."""
