"""Fields and forms: what they read, keep and refuse."""
