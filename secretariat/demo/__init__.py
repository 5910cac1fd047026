"""The demonstration: an invented year in nord-trondelag, played through the application's own actions."""
