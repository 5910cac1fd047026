"""Every kind of letter, and whether its receiver may choose how it comes: all of it on this one page.

**Bound** letters go at once whatever somebody has chosen: they call to a meeting, ask for an answer before a day, give
something to do, or open a door that was asked for. Whoever holds a place or a duty cannot choose them away.

**News** tells what has happened, to somebody who need do nothing about it. They come as the receiver has chosen
(``Notification``): each at once, gathered on Monday morning, or not at all. What they tell stands on the pages as well.

What was weighed: the draft of minutes is bound, since who keeps silent until its deadline has agreed to it. A reminder
goes only to those who answer for a thing, so it is bound. What a meeting decided is news, but a letter that also gives
its receiver a task is bound, and whole: the task is not understood without the decision. That more is wanted of a case
is a question to whoever raised it; that the case comes back is news.
"""

from typing import Any

from secretariat.core.text.language import _l
from secretariat.core.words import Worded


class LetterKind(Worded):
    """What a letter is. Its word says so to whoever chooses; those without one are not for choosing."""

    NOTICE = "notice", _l("Innkalling til møte")
    SUPPLEMENT = "supplement", _l("Tilleggssakliste")
    MEETING_CHANGED = "meeting_changed", _l("Endret tid eller sted, og avlysning")
    MEETING_CANCELLED = "meeting_cancelled", ""
    NO_LONGER_CALLED = "no_longer_called", ""
    DRAFT_MINUTES = "draft_minutes", _l("Utkast til referat, når det er frist for merknader")
    TASK = "task", _l("Oppgaver du får, med vedtakene de kommer av")
    REMINDER = "reminder", _l("Påminnelser om det du eller organisasjonen din skal gjøre")
    MORE_WANTED = "more_wanted", _l("Spørsmål om en sak du har meldt")
    NOMINATION = "nomination", _l("Forespørsel om å oppnevne")
    NOMINATION_REGISTERED = "nomination_registered", ""
    APPOINTED = "appointed", _l("Oppnevningsbrev")
    SIGN_IN = "sign_in", _l("Lenke for å logge inn")
    ADDRESS_CHANGED = "address_changed", ""
    COPY = "copy", ""
    WEEKLY_NEWS = "weekly_news", ""
    NEWS_THAT_WAITED = "news_that_waited", ""

    DECISIONS = "decisions", _l("Vedtak som gjelder deg eller organisasjonen din")
    NEW_WORDING = "new_wording", _l("Endret ordlyd i et vedtak")
    MINUTES = "minutes", _l("Godkjent referat")
    CORRECTION = "correction", _l("Rettelse til et godkjent referat")
    CASE_RETURNED = "case_returned", _l("En sak du har meldt, kommer tilbake")

    @property
    def is_news(self) -> bool:
        """Whether it comes as its receiver has chosen."""
        return self in NEWS


NEWS = frozenset(
    {
        LetterKind.DECISIONS,
        LetterKind.NEW_WORDING,
        LetterKind.MINUTES,
        LetterKind.CORRECTION,
        LetterKind.CASE_RETURNED,
    }
)

BY_NAME = {kind.value: kind for kind in LetterKind}
"""As they are stored."""


def to_choose_between() -> tuple[list[Any], list[Any]]:
    """The words of what always comes, and of the news one chooses about."""
    shown = [kind for kind in LetterKind if kind.word]
    return [kind.word for kind in shown if not kind.is_news], [kind.word for kind in shown if kind.is_news]
