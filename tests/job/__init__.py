"""The secretariat's job done by programs alone."""
