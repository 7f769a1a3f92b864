"""The practice: set up, people, signing in."""
