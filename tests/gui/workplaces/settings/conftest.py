from tests.gui.opening import at_work, clinic, opened

__all__ = ["at_work", "clinic", "opened"]
