"""Tests of the command line: what it does, and that whatever it cannot do is one sentence and nothing written."""
