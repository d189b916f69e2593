"""The review room: pages on which people decide, made from the store."""
