"""Frozen vaults: one of each released format, made once and never again."""
