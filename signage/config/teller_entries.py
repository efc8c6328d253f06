"""A branch's tellers as its counters' displays introduce them."""

from typing import Annotated

from msgspec import Meta

from signage.config.leaves import Table, Words

StaffNumber = Annotated[
    str, Meta(pattern=r"^[^\s/+#$.:]{1,64}\Z", description='a staff number as a text, such as "0571017"')
]
Photo = Annotated[
    str,
    Meta(
        pattern=r"^(?i:.{1,190}\.(png|jpe?g|webp))\Z",
        description="a picture on this machine: a path that ends with .jpg, .jpeg, .png or .webp",
    ),
]


class TellerTable(Table, frozen=True, kw_only=True):
    """Found by staff number. `grade`: the bank's own stars, told to displays, pads and strips by the controller."""

    id: StaffNumber
    name: Words
    grade: Annotated[int, Meta(ge=0, le=5, description="a grade, 0 to 5 stars")] | None = None
    photo: Photo | None = None  # on each counter display's machine; never sent
