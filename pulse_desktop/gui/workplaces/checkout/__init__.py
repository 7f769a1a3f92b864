"""The end of a visit: what it cost, the next one, the money, the papers; as panels over whatever is on the screen.

Here belong the panels of paying and of the papers handed out. What is charged and why is the clinic's rule, never the panel's.
"""
