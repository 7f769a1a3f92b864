"""Promises about the code itself: walls, charters, ratchets, what a wheel holds."""
