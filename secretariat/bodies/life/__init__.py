"""A body over time: what it was called and where it stood, closed, merged, taken over."""
