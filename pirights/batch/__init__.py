"""Thousands of cases from a sheet: read, checked, made, and taken up again where it stopped."""
