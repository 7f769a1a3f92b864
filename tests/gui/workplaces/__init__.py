"""The workplaces, each in the real window."""
