"""The pages of a review, over the invented town and its people."""

from tests.pages.forms.conftest import home, set_up, store, visit

__all__ = ["home", "set_up", "store", "visit"]
