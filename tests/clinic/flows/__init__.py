"""Tests of acts that touch several subjects, through a real door and a real encrypted file."""
