"""What was done in a visit: notes, cups and needles, their guard, signatures and amendments, aftercare given.

Here belongs the clinical record. Packages and money never belong here.
"""
