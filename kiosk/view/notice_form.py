"""A notice from a template: when its form is complete, and what is then ordered."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from kiosk.view.happenings import World
from kiosk.view.pages import Expected, NoticeForm
from kiosk.view.terms import expected_end
from signage.core.instants import Instant
from signage.core.templates import BlankKind, template
from signage.core.wording import clock

NOTICE_AT_LEAST: Final = timedelta(hours=4)  # a notice whose end nobody knows goes by itself


def ready(form: NoticeForm, ends: Instant | None) -> bool:
    """Whether every blank of the chosen template can be filled. `ends`: the day's business, which may be over."""
    chosen = template(form.template or "")
    if chosen is None or form.expected is None or (form.expected is Expected.CLOSING and ends is None):
        return False
    return form.counter is not None or BlankKind.COUNTER not in chosen.blanks.values()


def notice_args(form: NoticeForm, world: World) -> Mapping[str, Any]:
    """Of `notice.post`. A blank for a time takes the notice's own end, or where it is called `start` the present."""
    chosen = template(form.template or "")
    assert chosen is not None
    assert form.expected is not None
    end = expected_end(form.expected, world) or Instant.of(world.now + NOTICE_AT_LEAST)
    times = {"start": clock(world.now, world.zone)}
    blanks = {
        name: form.counter if kind is BlankKind.COUNTER else times.get(name, clock(end, world.zone))
        for name, kind in chosen.blanks.items()
    }
    return {
        "notice": world.fresh,
        "template": chosen.id,
        "blanks": blanks,
        "until": str(end),
        "priority": chosen.priority,
    }
