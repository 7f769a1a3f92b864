"""Widgets that know no subject: table, form rows, time grid, body map, toast, preview.

Here belongs what could stand in another program unchanged. Patients, visits and money never belong here.
"""
