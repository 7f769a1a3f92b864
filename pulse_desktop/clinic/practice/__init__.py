"""The practice itself: offices and their rooms, staff with credentials and licences by state, services and prices.

Here belongs what the owner sets up. Patients, visits and anything that happens on a day never belong here.
"""
