"""Tests of pictures that join subjects, through a real door and a real encrypted file."""
