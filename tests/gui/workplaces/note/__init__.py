"""The treatment note in front of real hands: what is written, drawn, timed and signed stands in the file afterwards. Rules without a window belong to tests/clinic."""
