"""The encrypted file, its door, versions, audit chain and keys. What a command means for the clinic belongs to tests/clinic."""
