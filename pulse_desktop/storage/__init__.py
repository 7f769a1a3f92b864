"""The database and the files beside it: engine, keys, door, changes, history, audit, attachments, backup, migrations.

Here belongs how a row is kept, guarded, encrypted and announced. What a row means to the clinic never belongs here,
and nothing here knows of windows or of PDF.
"""
