"""A letter as data: template and case make a Document of blocks."""
