"""Where the portal's records are kept."""

from db.opening import open_store

__all__ = ["open_store"]
