"""The programming interface: lists and actions of the registry over HTTP, described by OpenAPI."""
