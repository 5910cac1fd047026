"""Sign-in, sign-out and my page."""

from urllib.parse import urlsplit

from flask import Response, flash, g, redirect, render_template, request, session as cookie, url_for
from flask.typing import ResponseReturnValue

from secretariat.accounts import actions, administering, colleague_pages, queries, signing_in
from secretariat.accounts.blueprint import bp
from secretariat.accounts.forms import DetailsForm, LinkForm, PasswordForm, SignInForm, TokenForm
from secretariat.accounts.models import ApiToken, SignIn
from secretariat.accounts.policy import owns_sign_in, owns_token
from secretariat.accounts.recognition import note_visit
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.guard import current_actor, guard, public, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.directory.models import Person
from secretariat.messages import links
from secretariat.messages.kinds import to_choose_between
from secretariat.messages.models import Link, LinkPurpose

__all__ = ["administering", "bp", "colleague_pages"]

LONGEST_WAY = 300


@bp.after_app_request
def after_each_page(response: Response) -> Response:
    """Note that the signed-in browser is in use."""
    note_visit()
    return response


# ---- signing in and out


@bp.route("/logg-inn", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with a password, or ask for a link."""
    there = own_path(request.args.get("next"))
    if "link" in request.form:
        return _link_wanted()
    form = SignInForm()
    secret = form.proved(lambda: signing_in.by_password(form.email.data or "", form.password.data or "", _agent()))
    if secret is not None:
        return _let_in(secret, there)
    return render_template("accounts/sign_in.html", form=form, there=there), form.status


@bp.route("/logg-inn/lenke", methods=["GET", "POST"])
@public
def ask_for_link() -> ResponseReturnValue:
    """Mail a sign-in link. The answer is the same whether the address is known or not."""
    return _link_wanted()


def _link_wanted() -> ResponseReturnValue:
    form, there = LinkForm(), own_path(request.args.get("next"))
    if form.accept(actions.ask_for_link, Actor.system("browser"), there=there if 1 < len(there) <= LONGEST_WAY else ""):
        return redirect(url_for("accounts.link_sent"), 303)
    return render_template("accounts/ask_for_link.html", form=form, there=there), form.status


@bp.get("/logg-inn/sendt")
@public
def link_sent() -> ResponseReturnValue:
    """Says where to look."""
    return render_template("accounts/link_sent.html")


@links.answers(LinkPurpose.SIGN_IN)
def link_page(link: Link) -> ResponseReturnValue:
    """The page behind a sign-in link: one button, and only the press signs in."""
    if request.method == "POST":
        return _let_in(signing_in.by_link(link, _agent()), own_path(request.args.get("next")))
    person = session().get_one(Person, link.person_id)
    return render_template("accounts/link.html", name=person.name)


@bp.post("/logg-ut")
@public
def sign_out() -> ResponseReturnValue:
    """Sign this browser out."""
    if g.get("sign_in") is not None:
        actions.end_sign_in(current_actor(), g.sign_in.sign_in_id)
    _forget_browser()
    return done(_("Du er logget ut."), "accounts.sign_in")


def own_path(wanted: str | None) -> str:
    """Where to go after sign-in: a path of ours, never an address somebody else put there."""
    path = wanted or "/"
    parts = urlsplit(path.replace("\\", "/"))
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc and path.isprintable()
    return path if ours else "/"


def _let_in(secret: str, there: str) -> ResponseReturnValue:
    """A cookie with a new secret and nothing of what was in the old one but the language."""
    _forget_browser()
    cookie["sign_in"] = secret
    cookie.permanent = True
    return redirect(there, 303)


def _forget_browser() -> None:
    language = cookie.get("language")
    cookie.clear()
    if language:
        cookie["language"] = language


def _agent() -> str:
    return (request.user_agent.string or "")[:200]


# ---- my page


@bp.route("/min-side", methods=["GET", "POST"])
@guard(signed_in)
def my_page(actor: Actor) -> ResponseReturnValue:
    """One's own details, browsers and tokens."""
    me = queries.me(actor)
    form = DetailsForm(obj=me)
    if form.accept(actions.change_my_details, actor, actor.person_id):
        cookie.pop("language", None)
        return done(_("Opplysningene er lagret."), "accounts.my_page")
    this = g.sign_in.sign_in_id if g.get("sign_in") is not None else None
    browsers, tokens = queries.my_sign_ins(actor, this), queries.my_tokens(actor)
    bound, news = to_choose_between()
    page = {"me": me, "form": form, "browsers": browsers, "tokens": tokens, "bound": bound, "news": news}
    return render_template("accounts/my_page.html", **page), form.status


@bp.route("/min-side/passord", methods=["GET", "POST"])
@guard(signed_in, queries.me)
def password(actor: Actor, me: queries.Me) -> ResponseReturnValue:
    """Choose a new password; every other browser is signed out."""
    form = PasswordForm()
    values = form.old.data or "", form.new.data or ""
    secret = form.proved(lambda: signing_in.change_password(me.user_id, me.email, *values, _agent()))
    if secret is not None:
        answer = _let_in(secret, url_for("accounts.my_page"))
        flash(_("Passordet er endret. Andre nettlesere er logget ut."), "success")
        return answer
    return render_template("accounts/password.html", form=form, me=me), form.status


@bp.route("/min-side/programtilgang", methods=["GET", "POST"])
@guard(signed_in, queries.me)
def make_token(actor: Actor, me: queries.Me) -> ResponseReturnValue:
    """Make a token for programs; it is shown once."""
    form = TokenForm()
    secret = form.proved(lambda: signing_in.new_token(actor, me.user_id, form.name.data or ""))
    return render_template("accounts/token.html", form=form, secret=secret), form.status


@bp.post("/min-side/programtilgang/<uuid:token_id>/slutt")
@guard(owns_token, queries.my_token)
def revoke_token(actor: Actor, token: ApiToken) -> ResponseReturnValue:
    """End a token."""
    actions.revoke_token(actor, token)
    return done(_("Tilgangen er avsluttet."), "accounts.my_page")


@bp.post("/min-side/nettlesere/<uuid:sign_in_id>/slutt")
@guard(owns_sign_in, queries.my_sign_in)
def end_sign_in(actor: Actor, browser: SignIn) -> ResponseReturnValue:
    """Sign another browser out."""
    actions.end_sign_in(actor, browser)
    return done(_("Nettleseren er logget ut."), "accounts.my_page")


@bp.post("/min-side/nettlesere/slutt")
@guard(signed_in)
def end_all_sign_ins(actor: Actor) -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    actions.end_all_sign_ins(actor, actor.user_id)
    _forget_browser()
    return done(_("Du er logget ut overalt."), "accounts.sign_in")
