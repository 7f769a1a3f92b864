"""Pulse Desktop: the day of an acupuncture and cupping clinic in one desktop program.

The rooms, from the top: ``gui`` (what is seen), ``outside`` (what leaves the program), ``documents`` (what is
printed), ``clinic`` (what the clinic does), ``storage`` (the database and the files beside it), ``basics`` (plain
Python). Code looks down only; ``app``, ``cli`` and ``__main__`` wire them together.
"""

__version__ = "0.1.0"
