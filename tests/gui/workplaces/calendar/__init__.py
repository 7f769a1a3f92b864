"""The calendar and its panels by key and mouse on a real clinic, and what they compute without a window.

Here belongs what somebody at the calendar does and sees. Rules of the schedule are tested with the schedule, never here.
"""
