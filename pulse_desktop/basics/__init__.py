"""Plain Python that every room may use: cents, times, names, problems, texts, resources, log.

Here belongs what knows nothing of clinics, databases or screens. What knows a subject never belongs here.
"""
