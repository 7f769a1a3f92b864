"""Tests of the database, its door, its keys and its guards, on a real encrypted file."""
