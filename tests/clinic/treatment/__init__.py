"""Tests of the clinical record, through a real door and a real encrypted file."""
