"""Panels that take one command's input, such as booking a visit or registering a patient.

Here belongs reading fields into a frozen value and showing a refusal beside its field. Deciding never belongs here.
"""
