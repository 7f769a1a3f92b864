"""Tests of the pages: real PDF bytes, read back."""
