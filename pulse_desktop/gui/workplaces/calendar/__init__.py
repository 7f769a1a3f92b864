"""The calendar's day, and the panels that book, move and cancel a visit.

Here belongs what is seen of time: columns, blocks, openings. Whether a place is free is the schedule's to decide, never
the calendar's.
"""
