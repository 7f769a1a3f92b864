"""The people who come: who they are, how to reach them, what is known of their health.

Here belongs what stays with a patient from visit to visit. Visits, notes, packages and money never belong here.
"""
