"""The pages' frame: the application, navigation, errors, static sources, and the list of rooms that have pages."""
