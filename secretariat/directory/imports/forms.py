"""The form that a file of people or organisations comes in by."""

import hashlib

from flask import request
from wtforms import FileField

from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError
from secretariat.core.forms import Form
from secretariat.core.text.language import _l
from secretariat.directory.imports import actions as importing
from secretariat.directory.imports.reading import LARGEST, read
from secretariat.directory.models import ImportKind

LONGEST_NAME = 200


class ImportForm(Form):
    """A file; what cannot be read is said beside it."""

    file = FileField(
        _l("Fil"),
        description=_l("CSV eller Excel (.xlsx), høyst 5 000 rader. Første rad er overskriften."),
        render_kw={"accept": ".csv,.txt,.xlsx"},
    )

    def read(self, actor: Actor, partnership_id: object, kind: ImportKind) -> bool:
        """Read what was sent; False when nothing was sent or something stands in the way."""
        if request.method != "POST":
            return False
        sent = request.files.get("file")
        name = "" if sent is None else (sent.filename or "")
        content = b"" if sent is None else sent.stream.read(LARGEST + 1)
        try:
            cells = read(name, content)
        except DomainError as refused:
            self.validate()
            self._show(refused)
            return False
        digest = hashlib.sha256(content).hexdigest()
        file = {"file_name": name[-LONGEST_NAME:], "digest": digest}
        return self.accept(importing.read_rows, actor, partnership_id, kind=kind, cells=cells, **file)
