"""Every figure of service, counted from stored events and from nothing else.

Each function takes a reading transaction (`Store.read`), a `Period` and the branches' `Profiles`, and returns frozen
structures of whole numbers; rates are their properties. `month` computes all of them.
"""

from signage.office.measures.calls import answered
from signage.office.measures.display import Displayed, display
from signage.office.measures.figures import Cell, Kept, Prompts, RatingFigures
from signage.office.measures.month import BranchMonth, Month, month
from signage.office.measures.period import Period
from signage.office.measures.profiles import Profile, Profiles
from signage.office.measures.ratings import Ratings, ratings
from signage.office.measures.support import Support, support
from signage.office.measures.suspended import Suspended, suspended
from signage.office.measures.timelies import Cases, Timeliness, cases

__all__ = [
    "BranchMonth",
    "Cases",
    "Cell",
    "Displayed",
    "Kept",
    "Month",
    "Period",
    "Profile",
    "Profiles",
    "Prompts",
    "RatingFigures",
    "Ratings",
    "Support",
    "Suspended",
    "Timeliness",
    "answered",
    "cases",
    "display",
    "month",
    "ratings",
    "support",
    "suspended",
]
