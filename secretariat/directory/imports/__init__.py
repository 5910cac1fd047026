"""People and organisations read from a file in two steps, and taken out as one that can be read again."""
