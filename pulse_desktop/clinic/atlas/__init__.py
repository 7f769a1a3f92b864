"""Reference data: the body figure, acupoints, cup sites, contraindications, aftercare texts, vocabularies.

Here belongs what is true of every clinic and has a source. What is true of one patient or one visit never belongs here.
"""
