"""The price list of packages, what was sold, and selling one.

Here belongs what is seen of packages as things on a list. What a patient has left stands in the patient's file.
"""
