"""The tour: the main job done in the real windows by key and mouse alone, with pictures taken on the way.

Here belong the driver that acts as a person at a seat does (`desk`) and what it does on the tour. It reads the screen
as a screen reader would; it knows no clinic, no storage and no widget of ours.
"""
