"""Every figure of service, counted from stored events and from nothing else.

Each function takes a reading transaction (`Store.read`), a `Period` and the branches' `Profiles`, and returns frozen
structures of whole numbers; rates are their properties.
"""

from signage.office.measures.figures import Cell, Kept, Prompts, RatingFigures
from signage.office.measures.period import Period
from signage.office.measures.profiles import Profile, Profiles
from signage.office.measures.ratings import Ratings, ratings

__all__ = ["Cell", "Kept", "Period", "Profile", "Profiles", "Prompts", "RatingFigures", "Ratings", "ratings"]
