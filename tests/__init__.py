"""The tests mirror the rooms; `stories` act as people do, `house` keeps promises about the code itself.

Real parts only: a real encrypted database, real PDF bytes, real windows offscreen. Mocks of our own code never belong here.
"""
