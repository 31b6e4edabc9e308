"""Where the portal's records are kept."""

from db.backup import back_up
from db.opening import open_store
from db.photo_folder import PhotoFolder
from db.rebuild import rebuild
from db.restore import restore
from db.verify import verify

__all__ = ["PhotoFolder", "back_up", "open_store", "rebuild", "restore", "verify"]
