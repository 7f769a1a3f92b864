"""Each part alone, by real keys and clicks, and how it looks by its pixels."""
