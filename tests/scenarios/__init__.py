"""Whole commands of the real program: what they print, how they end, what they leave behind."""
