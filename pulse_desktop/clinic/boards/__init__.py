"""Queries that join subjects: the cards of Today, the banner over a patient's file.

Here belongs only reading. Nothing here writes, and a question to one subject belongs to that subject.
"""
