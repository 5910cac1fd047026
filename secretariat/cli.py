"""The command ``secretariat``: starts server and worker, keeps the database, the structures and the first users.

Every command works on the data that SECRETARIAT_INSTANCE and DATABASE_URL name, as the running server does.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import MISSING, fields
from functools import wraps
from importlib import import_module
from typing import Any

import click
import sqlalchemy as sa

from secretariat.accounts import actions as accounts, signing_in
from secretariat.accounts.models import User
from secretariat.bodies import structures
from secretariat.bodies.actions import load_structure
from secretariat.bodies.founding import WRITTEN, founded_from
from secretariat.config import SettingRefused, Settings
from secretariat.core import db
from secretariat.core.actions import Action, registry
from secretariat.core.actor import Actor, Role
from secretariat.core.errors import DomainError, Refusal
from secretariat.core.text.language import SOURCE_LANGUAGE, _, _l
from secretariat.directory.models import Organisation, Partnership
from secretariat.directory.parties import Party
from secretariat.messages import links
from secretariat.messages.models import Link
from secretariat.web import migrating, serving
from secretariat.web.application import create_app
from secretariat.web.working import Worker

SYSTEM = Actor.system("cli")
PORT = click.IntRange(1, 65535)
HINTS = {
    "DATABASE_URL": _l("Skriv postgresql://bruker:passord@tjener/database."),
    "SECRETARIAT_CLOCK": _l("Skriv et tidspunkt, for eksempel 2026-09-07T08:00."),
    "SECRETARIAT_SMTP_PORT": _l("Skriv et tall."),
    "SECRETARIAT_URL": _l("Skriv hele adressen, for eksempel https://sekretariat.kommune.example."),
}
"""What a setting that cannot be used should hold; what it holds may be a password, and is not repeated."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The meeting secretariat.

    \b
    A new installation:
      secretariat db upgrade
      secretariat user add EMAIL --name "NAME" --role administrator
      secretariat serve
    Sign in by the link that is shown; a partnership is set up on the pages.
    """


# ---- what every command stands on


def settings_now() -> Settings:
    """The settings of the environment; what is wrong with them is said in a sentence."""
    try:
        return Settings.from_environment()
    except SettingRefused as error:
        refused = _("%(name)s kan ikke brukes. %(hint)s", name=error.name, hint=HINTS[error.name])
        raise click.ClickException(refused) from error
    except OSError as error:
        raise click.ClickException(_("Mappen for data kan ikke brukes: %(error)s", error=error)) from error


def with_data(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command on the installation's own data, and say a refusal as a sentence."""

    @wraps(command)
    def run(**options: Any) -> Any:
        with told_plainly():
            create_app(current_settings())
            try:
                with db.connected():
                    return command(**options)
            finally:
                db.engine().dispose()

    return run


def current_settings() -> Settings:
    """The settings of an installation whose database has the shape that this version needs."""
    settings = settings_now()
    with told_plainly(), engine_of(settings) as engine:
        if not migrating.is_current(engine):
            raise click.ClickException(_("Databasen er ikke oppdatert. Kjør først: secretariat db upgrade"))
    return settings


@contextmanager
def engine_of(settings: Settings) -> Iterator[sa.Engine]:
    """A connection of its own, gone before the server parts into processes."""
    engine = db.create_engine(settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def told_plainly() -> Iterator[None]:
    """A refusal, or a database that is away, ends the command with a sentence and code 1."""
    try:
        yield
    except DomainError as error:
        fields = [
            ((name or "").removesuffix("_id"), reason) for name, found in error.fields.items() for reason in found
        ]
        reasons = [": ".join(filter(None, (name, str(reason)))) for name, reason in fields]
        raise click.ClickException("\n".join(reasons)) from error
    except Refusal as error:
        raise click.ClickException(_("Det lot seg ikke gjøre: %(error)s", error=type(error).__name__)) from error
    except sa.exc.DBAPIError as error:
        reason = str(error.orig).partition("\n")[0]
        raise click.ClickException(_("Databasen kan ikke brukes: %(error)s", error=reason)) from error


# ---- running


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=PORT, default=5000, show_default=True)
@click.option(
    "--workers", type=click.IntRange(1), default=2, show_default=True, help="Processes, of four threads each."
)
@click.option("--no-worker", is_flag=True, help="Leave mail and other errands to `secretariat worker`.")
def serve(host: str, port: int, workers: int, no_worker: bool) -> None:
    """Serve the pages, with a worker beside."""
    settings = current_settings()
    with told_plainly():
        serving.demand_free(host, port)
    click.echo(_("Sekretariatet er på http://%(host)s:%(port)s", host=host, port=port))
    if settings.mail_waits:
        click.echo(_("E-post venter i utboksen til SECRETARIAT_SMTP_HOST er satt."))
    serving.serve(settings, host=host, port=port, workers=workers, with_worker=not no_worker)


@main.command(short_help="Send mail and do other errands until stopped.")
@click.option("--parent", type=int, hidden=True)
def worker(parent: int | None) -> None:
    """Send mail and do other errands until stopped; as many of these as wanted may run."""
    create_app(current_settings())
    Worker(parent).run()


@main.command()
@click.option("--port", type=PORT, default=5000, show_default=True)
@click.option("--fresh", is_flag=True, help="Begin with new data.")
@click.option("--json", "as_json", is_flag=True, help="Say address, users and passwords as JSON on the first line.")
def demo(port: int, fresh: bool, as_json: bool) -> None:
    """Serve an invented partnership."""
    with told_plainly():
        import_module("secretariat.demo.running").main(port=port, fresh=fresh, as_json=as_json)


# ---- the database


@main.group("db")
def database() -> None:
    """Keep the database in the shape this version needs."""


@database.command()
def upgrade() -> None:
    """Run the migrations that are missing."""
    with told_plainly(), engine_of(settings_now()) as engine:
        migrating.upgrade(engine)
    click.echo(_("Databasen er oppdatert."))


@database.command()
@click.option("--to", "revision", default="-1", help="The revision to go back to; otherwise the one before.")
def downgrade(revision: str) -> None:
    """Undo the newest migration."""
    with told_plainly(), engine_of(settings_now()) as engine:
        migrating.downgrade(engine, revision)
    click.echo(_("Den siste endringen av databasen er tatt tilbake."))


@database.command()
def check() -> None:
    """Say whether the database has the shape this version needs."""
    settings = current_settings()
    with told_plainly(), engine_of(settings) as engine:
        differences = migrating.drift(engine)
    if differences:
        raise click.ClickException("\n".join([_("Databasen avviker fra programmet:"), *differences]))
    click.echo(_("Databasen er slik programmet venter."))


@main.command()
@with_data
def verify() -> None:
    """Check every promise the data must keep."""
    findings = import_module("secretariat.web.verifying").findings()
    for finding in findings:
        click.echo(str(finding))
    if findings:
        raise click.ClickException(_("%(count)s feil funnet.", count=len(findings)))
    click.echo(_("Alt stemmer."))


# ---- structures


@main.group()
def structure() -> None:
    """Structures that a partnership can start from."""


@structure.command("list")
def list_structures() -> None:
    """Name them."""
    for key in structures.structure_keys():
        click.echo(f"{key:24} {structures.read_structure(key).name}")


@structure.command(epilog="The keys are shown by: secretariat structure list")
@click.argument("key", metavar="KEY", type=click.Choice(structures.structure_keys()))
@click.option("--language", type=click.Choice(WRITTEN), default=SOURCE_LANGUAGE, show_default=True)
@with_data
def load(key: str, language: str) -> None:
    """Set up a partnership with its organisations, bodies and places."""
    known, name = founded_from(key), structures.read_structure(key, language).name
    load_structure(key, name=name, language=language)
    told = _("%(name)s er satt opp fra før. Ingenting er endret.") if known else _("%(name)s er satt opp.")
    click.echo(told % {"name": name})


# ---- users


@main.group()
def user() -> None:
    """People who sign in."""


@user.command(short_help="Register someone, and show a link to sign in.")
@click.argument("email")
@click.option("--name", required=True, help="Given and family name.")
@click.option("--title", default="")
@click.option("--organisation", help="Its name.")
@click.option("--role", type=click.Choice([role.value for role in Role]))
@click.option("--partnership", help="Its key, as `structure load` was given it.")
@click.option("--party", type=click.Choice([party.value for party in Party]))
@with_data
def add(
    email: str,
    name: str,
    title: str,
    organisation: str | None,
    role: str | None,
    partnership: str | None,
    party: str | None,
) -> None:
    """Register someone, with an office when --role says so, and show a link to sign in."""
    given_name, _space, family_name = name.strip().rpartition(" ")
    if not given_name:
        raise click.BadParameter(_("Skriv både fornavn og etternavn."), param_hint="--name")
    accounts.add_user(
        SYSTEM,
        email=email,
        given_name=given_name,
        family_name=family_name,
        title=title,
        organisation_id=one(Organisation, Organisation.name, organisation),
        role=Role(role) if role else None,
        partnership_id=one(Partnership, Partnership.key, partnership),
        party=Party(party) if party else None,
    )
    click.echo(sign_in_address(email))


@user.command()
@click.argument("email")
@with_data
def link(email: str) -> None:
    """Show a link that signs the user in once, within half an hour."""
    click.echo(sign_in_address(email))


@user.command()
@click.argument("email")
@click.option("--name", default="secretariat user token", show_default=True, help="What the token is for.")
@with_data
def token(email: str, name: str) -> None:
    """Show a new bearer token for programs that act as the user."""
    click.echo(signing_in.new_token(SYSTEM, user_id_of(email), name))


def sign_in_address(email: str) -> str:
    """The address of a new sign-in link."""
    link_id = accounts.make_link(SYSTEM, user_id_of(email))
    return links.address(db.session().get_one(Link, link_id))


def user_id_of(email: str) -> Any:
    """The user with this address."""
    found = db.session().scalar(sa.select(User.id).where(User.email == email.strip().lower()))
    if found is None:
        raise click.ClickException(_("Ingen bruker har adressen %(email)s.", email=email))
    return found


def one(kind: type[Any], column: Any, wanted: str | None) -> Any:
    """The id of the one that is meant, or none when none was named."""
    if wanted is None:
        return None
    found = db.session().scalar(sa.select(kind.id).where(column == wanted))
    if found is None:
        known = ", ".join(db.session().scalars(sa.select(column).order_by(kind.sort_key)))
        known = known or _("ingen ennå")
        raise click.ClickException(_("«%(name)s» finnes ikke. Disse finnes: %(known)s", name=wanted, known=known))
    return found


# ---- the registry


@main.command("actions", short_help="List everything that can be done.")
@click.option("--json", "as_json", is_flag=True)
@with_data
def list_actions(as_json: bool) -> None:
    """List everything that can be done: name, what it is done to, what it takes in."""
    found = [described(registry[name]) for name in sorted(registry)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for each in found:
        click.echo(f"{each['name']:36} {each['subject'] or '–':20} {', '.join(each['input'])}")


def described(verb: Action) -> dict[str, Any]:
    """An action as plain data; fields that may be left out end in a question mark."""
    return {
        "name": verb.name,
        "subject": verb.load.__tablename__ if verb.load else None,
        "rule": verb.rule.__name__,
        "input": [field.name if field.default is MISSING else f"{field.name}?" for field in fields(verb.input)],
        "says": (verb.body.__doc__ or "").split("\n")[0],
    }
