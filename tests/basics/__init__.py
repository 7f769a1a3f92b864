"""Tests of plain Python: cents, times, names, texts."""
