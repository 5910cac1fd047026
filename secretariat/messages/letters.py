"""The words of a mail as HTML, from the templates; spoken in the language that is current."""

from typing import Any

from jinja2 import Environment

from secretariat.core.text.language import current_language

_templates: list[Environment] = []


def write_with(templates: Environment) -> None:
    """Let mails be written with the application's templates."""
    _templates[:] = [templates]


def letter(template: str, **values: Any) -> str:
    """The HTML of a mail whose template extends ``layouts/mail.html``."""
    return _templates[0].get_template(template).render(language=current_language(), **({"partnership": None} | values))
