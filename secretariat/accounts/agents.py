"""What a browser calls itself, in the words its owner would use."""

from secretariat.core.text.language import _

BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """«Firefox på Windows»."""
    browser = next((name for mark, name in BROWSERS if mark in agent), None)
    machine = next((name for mark, name in MACHINES if mark in agent), None)
    if browser is None:
        return _("En nettleser")
    return _("%(browser)s på %(machine)s", browser=browser, machine=machine) if machine else browser
