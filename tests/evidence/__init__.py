"""Tests of sealing and checking evidence."""
