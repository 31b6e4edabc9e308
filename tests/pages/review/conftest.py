"""The pages of a review, over the invented town and its people."""

from tests.pages.forms.conftest import home, made, set_up, store, visit

__all__ = ["home", "made", "set_up", "store", "visit"]
