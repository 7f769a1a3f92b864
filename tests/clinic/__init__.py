"""Tests of the clinic's rules, commands and queries, through the door."""
