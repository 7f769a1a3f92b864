"""Clinics of any size, invented from a seed or read from a comparison's CSV files, for measuring and for trying out.

What belongs here: who comes, when, what is done, noted, sold and paid, as rows that a real clinic would have. What
never does: a way into a clinic with real people (`storage.bulk` refuses it), or figures of how fast anything is.
"""
