"""Today: who is expected, who waits, who lies under cups, who pays; Enter does the next step.

Here belongs the board of one day in one office. Notes, booking and money have their own places and panels.
"""
