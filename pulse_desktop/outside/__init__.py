"""What leaves the program or comes in by itself: printers, files handed out, mail, scheduled jobs.

Here belongs every step over the program's edge. How a page is drawn never belongs here (`documents`), nor how
a window asks for it (`gui`).
"""
