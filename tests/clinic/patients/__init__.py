"""Patients: registering, finding, conditions."""
