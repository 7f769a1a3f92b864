"""The tour as a whole: it goes through, leaves what it promises, and notices when it cannot go on."""
