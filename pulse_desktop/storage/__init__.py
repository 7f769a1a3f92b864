"""The database and the files beside it: engine, keys, door, changes, history, audit, attachments, migrations.

Here belongs how a row is kept, guarded, encrypted and announced, and what must hold for every subject alike so that
none can forget it: one transaction a command, one audit event, versions. What a row means to the clinic never
belongs here, and nothing here knows of windows or of PDF.

This page imports nothing: the sign-in window reads `vault` before SQLAlchemy is loaded.
"""
