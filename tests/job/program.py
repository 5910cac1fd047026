"""A program that works for one person: it carries out verbs, reads lists and fetches files with that person's token."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient

Row = dict[str, Any]


@dataclass(frozen=True)
class Program:
    """Works with one role's token."""

    client: FlaskClient
    role: str

    @property
    def _token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer token-{self.role}"}

    def do(self, verb: str, subject: Any, **given: Any) -> str:
        """Carry out a verb; the answer is the id of what was made or changed."""
        response = self._post(verb, subject, given)
        assert response.status_code == 200, response.json
        return str(response.json["id"])

    def refused(self, status: int, verb: str, subject: Any, **given: Any) -> Row:
        """Be refused, with problem details."""
        response = self._post(verb, subject, given)
        assert (response.status_code, response.mimetype) == (status, "application/problem+json"), response.json
        problem: Row = response.json
        assert problem["status"] == status
        assert problem["title"]
        return problem

    def _post(self, verb: str, subject: Any, given: Row) -> Any:
        headers = self._token | {"Idempotency-Key": given.pop("key", "")}
        return self.client.post(f"/api/v1/actions/{verb}", json={"subject": str(subject), **given}, headers=headers)

    def rows(self, kind: str, **where: Any) -> list[Row]:
        """The rows of a list that are as wanted, oldest first."""
        rows: list[Row] = self.fetch(f"/api/v1/{kind}?limit=200").json["items"]
        wanted = {name: str(value) for name, value in where.items()}
        return [row for row in rows if all(str(row[name]) == value for name, value in wanted.items())]

    def row(self, kind: str, **where: Any) -> Row:
        """The one row that is as wanted."""
        (row,) = self.rows(kind, **where)
        return row

    def upload(self, partnership: Any, filename: str, content: bytes) -> str:
        """Lay a file on disk; the answer is the note for the verb that files it."""
        address = f"/api/v1/uploads?partnership={partnership}&filename={filename}"
        response = self.client.post(address, data=content, headers=self._token)
        assert response.status_code == 200, response.json
        return str(response.json["note"])

    def fetch(self, address: str) -> Any:
        """Read a list, a page or a file."""
        response = self.client.get(address, headers=self._token, buffered=True)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        return response
