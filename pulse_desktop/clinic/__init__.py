"""What the clinic does: values, rules, queries and commands, one package a subject.

Here belongs every decision about patients, visits, notes, packages and money. Windows, paper and files never belong
here: no Qt, no ReportLab. A subject knows those below it (see the contract "subjects" in pyproject.toml), never those
above.
"""
