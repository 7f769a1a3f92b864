"""When, where and with whom: visits, their booking state and progress, and what may not overlap.

Here belongs what puts a patient, a practitioner and a room at one time. What was done in the visit, and what it costs,
never belong here.
"""
