"""The level at which somebody meets, as far as the title tells it; whoever appoints has the last word."""

from secretariat.bodies.models import Tier
from secretariat.core.text.sorting import folded

# How a telling word of a title ends, longer endings before the shorter ones they end on; bokmål and nynorsk.
_ENDINGS = (
    (Tier.POLITICAL, "ordfører ordførar utvalgsleder utvalsleiar politiker politikar kommunestyrerepresentant"),
    (Tier.MANAGER, "klinikkdirektør divisjonsdirektør avdelingsdirektør kommunalsjef sjef leder leiar"),
    (Tier.TOP, "direktør rådmann statsforvalter statsforvaltar"),
    (Tier.PROFESSIONAL, "rådgiver rådgjevar koordinator konsulent samhandlingskontakt lege psykolog jordmor"),
    (Tier.PROFESSIONAL, "sykepleier sjukepleiar terapeut farmasøyt spesialist utvikler utviklar"),
)
_FOLDED = tuple((tier, tuple(folded(words).split())) for tier, words in _ENDINGS)


def suggested(title: str) -> Tier | None:
    """The level that the title tells of: an «ordfører» is political, a «kommunalsjef» a manager; none when it tells
    nothing. The first telling word decides: «rådgiver for kommunedirektøren» is a professional.
    """
    words = folded(title).replace(",", " ").replace("-", " ").replace("/", " ").split()
    return next((tier for word in words if (tier := _of_word(word)) is not None), None)


def _of_word(word: str) -> Tier | None:
    return next((tier for tier, endings in _FOLDED if word.endswith(endings)), None)
