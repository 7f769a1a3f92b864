"""Tests of packages and their sessions, through a real door and a real encrypted file."""
