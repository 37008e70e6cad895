"""Mail as files: reading what came in."""
