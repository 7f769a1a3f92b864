"""Patients: the list, the file, their details and the safety questions.

Here belongs what is seen of one person over time. Writing the treatment note and taking money are other workplaces.
"""
