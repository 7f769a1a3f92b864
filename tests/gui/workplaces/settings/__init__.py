"""The settings in the window: what is saved is shown, and saved once."""
