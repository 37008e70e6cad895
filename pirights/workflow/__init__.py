"""One function for each thing a person does. Each takes a Desk and returns a frozen result."""
