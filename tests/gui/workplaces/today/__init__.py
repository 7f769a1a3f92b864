"""The Today board, by keys and clicks, on a real clinic."""
