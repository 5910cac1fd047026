"""The demonstration: an invented partnership in the midst of its year, played through the application's own actions."""
