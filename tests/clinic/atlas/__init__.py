"""Tests of the reference data, the safety rule and the map's description, against the shipped files."""
