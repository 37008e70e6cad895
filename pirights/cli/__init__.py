"""The commands: parse, call one workflow function, show the result."""
