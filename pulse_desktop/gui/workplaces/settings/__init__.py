"""What the owner sets up: the practice, offices, rooms, hours, services, people, the lines of the aftercare sheet; and what
practitioners set up for themselves: phrases, point groups, favourite codes.

Here belongs the data of the practice. What happens on a day (visits, notes, money) never belongs here.
"""
