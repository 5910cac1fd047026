"""``secretariat demo``: an installation of its own, an invented partnership played into it, and a server."""

import json
import os
import shutil
from dataclasses import replace

import click
import sqlalchemy as sa

from secretariat import config
from secretariat.accounts.models import User
from secretariat.core import db
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _, _l
from secretariat.demo.playing import Access, accesses, play
from secretariat.demo.reading import read_content
from secretariat.demo.records import DemoContent, DemoRole
from secretariat.directory.models import Partnership
from secretariat.web import migrating
from secretariat.web.application import create_app
from secretariat.web.serving import demand_free, serve

MARK = "demo"


def main(*, port: int, fresh: bool, as_json: bool) -> None:
    """Make the demonstration when it is not there, say how to sign in, and serve it."""
    demand_free("127.0.0.1", port)
    address = os.environ.get("SECRETARIAT_URL", f"http://127.0.0.1:{port}")
    settings = replace(config.Settings.from_environment(demo=True), demo=True, url=address)
    found = prepare(settings, fresh=fresh)
    click.echo(as_line(settings, found) if as_json else as_words(settings, found))
    serve(settings, host="127.0.0.1", port=port)


def prepare(settings: config.Settings, *, fresh: bool) -> dict[str, Access]:
    """The demonstration's data, newly played when there is none or when ``fresh``; how each role signs in."""
    content = read_content()
    _demand_own(settings, content)
    if fresh:
        _clear(settings)
    mark = settings.instance / MARK
    engine = db.create_engine(settings.database_url)
    migrating.upgrade(engine)
    with engine.connect() as connection:
        is_empty = connection.scalar(sa.select(sa.func.count()).select_from(Partnership)) == 0
    engine.dispose()
    mark.touch()
    create_app(settings)
    with db.connected():
        if is_empty:
            play(content)
        found = accesses(content)
    db.engine().dispose()
    mark.write_text(_sign_ins(found), encoding="utf-8")
    return found


def _demand_own(settings: config.Settings, content: DemoContent) -> None:
    """Nothing is played into a real installation, nor cleared from one, whatever database a marked folder is used with:
    where somebody has been before us, our own administrator must be there.
    """
    own_file = f"sqlite:///{settings.instance / 'secretariat.sqlite'}"
    if settings.database_url == own_file and (settings.instance / MARK).exists():
        return
    engine = db.create_engine(settings.database_url)
    try:
        found = _known_there(engine)
    finally:
        engine.dispose()
    if found and content.in_role(DemoRole.ADMIN).email not in found:
        raise DomainError(_l("Her ligger en virkelig installasjon. Velg en annen mappe eller database for demoen."))


def _known_there(engine: sa.Engine) -> set[str]:
    """Whoever signs in there, and the partnerships."""
    if not sa.inspect(engine).has_table(User.__tablename__):
        return set()
    with engine.connect() as connection:
        return {*connection.scalars(sa.select(User.email)), *connection.scalars(sa.select(Partnership.key))}


def _clear(settings: config.Settings) -> None:
    """Throw the demonstration away; never anything that is not marked as one."""
    mark = settings.instance / MARK
    if not mark.exists():
        return
    engine = db.create_engine(settings.database_url)
    migrating.downgrade(engine, "base")
    engine.dispose()
    shutil.rmtree(settings.instance / "files", ignore_errors=True)


def _sign_ins(found: dict[str, Access]) -> str:
    """What the sign-in page of the demonstration offers a visitor; the tokens are for programs and stay out."""
    return json.dumps({role: {"name": a.name, "email": a.email, "password": a.password} for role, a in found.items()})


def as_line(settings: config.Settings, found: dict[str, Access]) -> str:
    """One line of JSON for programs: the address, and each role's e-mail, password and token."""
    users = {role: {"email": a.email, "password": a.password, "token": a.token} for role, a in found.items()}
    return json.dumps({"url": settings.url, "users": users})


def as_words(settings: config.Settings, found: dict[str, Access]) -> str:
    """The same for people."""
    lines = [_("Demoen er klar: %(address)s", address=settings.url), "", _("Logg inn som:")]
    width = max(map(len, found)) + 2
    lines += [f"  {role:{width}}{access.email:48}{access.password}" for role, access in found.items()]
    return "\n".join([*lines, "", _("Stopp med Ctrl+C.")])
