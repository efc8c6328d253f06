"""The pages that only staff see, and what makes their views."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from kiosk.view.cases_list import CaseView, case_view
from kiosk.view.check_view import CheckView, check_view
from kiosk.view.forms import CallView, FormView, KeypadView, keypad_view, signed_out_view
from kiosk.view.leaving import leave_view
from kiosk.view.pages import CasePage, Keypad, LeaveForm, NoticeForm, Panel, ScreenForm, SignedOut, SuspendForm
from kiosk.view.panel import Desk, PanelView, Showing
from kiosk.view.rounds import Walking
from kiosk.view.staff_forms import notice_view, screen_view, suspend_view
from kiosk.view.staff_panel import bare_panel, panel_view

StaffView = KeypadView | PanelView | FormView | CallView | CheckView | CaseView
BARE_VIEWS: Final[Mapping[type, Callable[[Desk, Any], StaffView]]] = {
    Keypad: keypad_view,
    Panel: bare_panel,
    LeaveForm: leave_view,
    SignedOut: signed_out_view,
}  # before any state has been seen
STAFF_VIEWS: Final[Mapping[type, Callable[[Showing, Any], StaffView]]] = {
    Keypad: keypad_view,
    Panel: panel_view,
    SuspendForm: suspend_view,
    NoticeForm: notice_view,
    ScreenForm: screen_view,
    LeaveForm: leave_view,
    Walking: check_view,
    CasePage: case_view,
    SignedOut: signed_out_view,
}
