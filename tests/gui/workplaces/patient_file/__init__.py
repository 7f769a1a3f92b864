"""The list of patients, a file, details and safety questions by key and mouse on a real clinic.

Here belongs what somebody at a patient's file does and sees. Rules about patients are tested with the clinic, never here.
"""
