"""Tests of windows and widgets, offscreen, by key and mouse."""
