"""The review room in a real browser."""
