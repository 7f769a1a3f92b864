"""Patients: how they are registered, found again in any script, and screened."""
