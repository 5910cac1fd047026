"""Cases are tested through pages and through actions in the same test."""

import pytest

from secretariat.core import actions


@pytest.fixture(autouse=True)
def _no_request_goes_on() -> None:
    """An action called by a test carries no one-time key of a form that was sent before."""
    actions.request_key.set(None)
