"""The meeting secretariat for the joint bodies of municipalities and hospital trusts.

Each folder is a room of the trade; rooms import downwards only, in the order that pyproject.toml lists.
"""

from secretariat.web.application import create_app

__all__ = ["create_app"]
