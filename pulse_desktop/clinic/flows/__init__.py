"""Commands that write in two subjects or more, such as checking in and checking out.

Here belongs only what no single subject could do. A command of one subject belongs to that subject.
"""
