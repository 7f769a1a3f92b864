"""The schedule: booking, moving, openings, clocks, wishes, and eight processes at one file."""
