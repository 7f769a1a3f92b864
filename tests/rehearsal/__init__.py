"""Tests of invented clinics: whatever is filled in by the million rows must be what the door would have made."""
