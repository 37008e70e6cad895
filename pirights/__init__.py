"""A toolkit for people whose faces are scanned at gates, shops and estates in mainland China."""

__version__ = "0.1.0"
