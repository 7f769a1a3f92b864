"""The screens where work is done: today, calendar, patient file, note, checkout, packages, settings.

Here belongs one package or module a workplace. They do not know each other: one reaches another by going to a place.
"""
