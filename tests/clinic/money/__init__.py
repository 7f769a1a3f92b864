"""Tests of money, through a real door and a real encrypted file."""
