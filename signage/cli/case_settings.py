"""What head office's file says of cases, as its programs are told."""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from signage.cli.command import key_name
from signage.cli.profiles import office_zone, profiles_of
from signage.cli.roster import roster_of
from signage.config.addresses import read_passwords
from signage.config.case_tables import CaseRecipientTable, CaseRuleTable, CasesTable, MailTable
from signage.config.load import BadConfiguration
from signage.config.office_file import HeadOfficeConfig
from signage.content.keys import OPERATIONS, Keys
from signage.core.case_rules import DEFAULT_RULES, CaseRule
from signage.core.days import Calendar
from signage.core.exits import Refusal
from signage.core.model import HoursPlan
from signage.core.timelies import Terms, WorkingDays
from signage.link.catalogues import load_catalogues
from signage.link.clock import now
from signage.office.cases.listing import Calendars
from signage.office.cases.service import CaseSettings
from signage.office.cases.telling import BranchTeller
from signage.office.cases.urging import Recipient
from signage.office.database import Store
from signage.office.mail import MailServer
from signage.office.measures import Profiles

_LOCALES = ("zh", "en")


def case_settings(config: HeadOfficeConfig) -> CaseSettings:
    """Raises Refusal for a roster, a password file or catalogues that cannot be read."""
    table, words, profiles = config.cases, load_catalogues(), profiles_of(config, now().date())
    return CaseSettings(
        calendars=_calendars(profiles, office_zone(config)),
        prompted_only=lambda branch: profiles[branch].ratings.require_prompt,
        words=[words[locale] for locale in _LOCALES],
        terms=_terms(table),
        rules=tuple(_rule(one) for one in table.rule) or DEFAULT_RULES,
        recipients=tuple(_recipient(one) for one in table.recipient),
        roster={one.id: one for one in roster_of(config)},
        mail=_mail(config.mail) if config.mail is not None else None,
        keep_days=config.privacy.keep_days,
    )


def branch_teller(config: HeadOfficeConfig, store: Store) -> BranchTeller | None:
    """None, and one line that says so: there is no operations key here, so branches' panels are not told."""
    keys = Keys(Path(config.content.keys))
    try:
        chosen = key_name(keys, None)
        return BranchTeller(store, keys.signer(chosen), chosen.removeprefix(OPERATIONS))
    except Refusal as refusal:
        structlog.get_logger().warning("branches are not told of what is done here", reason="; ".join(refusal.lines))
        return None


def _terms(table: CasesTable) -> Terms:
    return Terms(
        investigated=table.investigated_days,
        handled=table.handled_days,
        fed_back=table.fed_back_days,
        whole=table.whole_days,
        whole_complex=table.complex_days,
        remind_at=time.fromisoformat(table.remind_at),
        escalate_after=table.escalate_after_days,
    )


def _calendars(profiles: Profiles, zone: ZoneInfo) -> Calendars:
    """As the branches' profiles say; where a branch's hours are not known, weekdays by head office's zone."""
    other = WorkingDays(Calendar(HoursPlan(timezone=zone.key, rules={})), zone)

    def of(branch: str) -> WorkingDays:
        hours = profiles[branch].hours
        return other if hours is None else WorkingDays(hours.calendar, hours.zone)

    return of


def _rule(table: CaseRuleTable) -> CaseRule:
    return CaseRule(
        name=table.name,
        on=table.on,
        stars_at_most=table.stars_at_most,
        callback=table.callback,
        subjects=table.subjects or (),
        unanswered_min=table.unanswered_min or 10,
    )


def _recipient(table: CaseRecipientTable) -> Recipient:
    return Recipient(table.to, frozenset(table.on), frozenset(table.regions), frozenset(table.branches))


def _mail(table: MailTable) -> MailServer:
    password = None
    if table.username is not None and table.password_file is not None:
        password = read_passwords(Path(table.password_file)).get(table.username)
        if password is None:
            raise BadConfiguration(f"{table.password_file}: no line for the user {table.username!r}; add it")
    return MailServer(table.host, table.port, table.sender, table.tls, table.ca_file, table.username, password)
