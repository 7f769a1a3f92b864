"""The practice clinic: invented people and days in a clinic that is thrown away, for new hires, the tour and the tests.

Here belong the invented data and the commands that bring them in through the door, as the windows would. Nothing here
is ever used with a real clinic's records.
"""
