"""The treatment note: the last visit, today's text, the body map with cups and needles, their clocks, the signature.

Here belongs how a note is written, drawn and shown. What it must hold, when it may be signed and what stops a cup
belongs to `clinic.treatment`; drawing a body belongs to `gui.parts` and `clinic.atlas`.
"""
