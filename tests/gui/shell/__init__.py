"""The windows around the work: sign-in, frame, lock, palette, first start."""
