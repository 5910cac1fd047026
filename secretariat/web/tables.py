"""Every table of the house, so that the metadata is whole for migrations and for verification."""

from secretariat.accounts import models as accounts
from secretariat.appointing import models as appointing
from secretariat.bodies import models as bodies
from secretariat.calendar import models as calendar
from secretariat.cases import models as cases
from secretariat.core import access, actions, audit, outbox
from secretariat.core.db import Base
from secretariat.decisions import models as decisions
from secretariat.directory import models as directory
from secretariat.dispatch import models as dispatch
from secretariat.documents import models as documents
from secretariat.meetings import models as meetings
from secretariat.messages import models as messages
from secretariat.minutes import models as minutes
from secretariat.publishing import models as publishing
from secretariat.transitions import models as transitions

KERNEL = (access, actions, audit, outbox)
ROOMS = (
    directory,
    documents,
    messages,
    bodies,
    accounts,
    appointing,
    cases,
    meetings,
    decisions,
    transitions,
    dispatch,
    minutes,
    calendar,
    publishing,
)
METADATA = Base.metadata
