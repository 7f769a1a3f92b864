"""Whole tasks done as people do them, through the driver `desk`, by key and mouse events only.

Nothing here imports clinic or storage.
"""
