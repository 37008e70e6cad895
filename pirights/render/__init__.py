"""From a Document to paper: PDF and plain text, with the fonts they need."""
