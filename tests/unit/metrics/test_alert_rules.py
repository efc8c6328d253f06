"""The alert rules by Prometheus' own promtool: each can fire, none does while all is well, and each says what to do."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.metrics.page import PROGRAMS
from tests.metrics.rules import RULES, names, rules

PROMTOOL = shutil.which("promtool") or "/usr/bin/promtool"
DAY = 86400
FLEET = {  # all is well, everywhere; the clock of promtool begins at 0, and @ is as many minutes as are needed
    'up{job="signage",instance="a"}': "1x@",
    'signage_fleet_branches{region="浙江",state="open"}': "100x@",
    'signage_fleet_branches{region="浙江",state="silent"}': "0x@",
    'signage_fleet_branches{region="浙江",state="never"}': "0x@",
    'signage_fleet_screens{region="浙江",state="well"}': "1000x@",
    'signage_fleet_pads{region="浙江",state="online"}': "90x@",
    'signage_fleet_backlog_events{region="浙江"}': "900x@",
    "signage_publisher_branches_synced": "100x@",
    "signage_publisher_branches_behind": "4x@",
    "signage_database_up": "1x@",
    "signage_repository_up": "1x@",
    "signage_cases_waiting_mail_seconds": "30x@",
    'signage_link_up{link="head-office"}': "1x@",
    "signage_figures_timestamp_seconds": "0+60x@",
    "signage_fleet_status_timestamp_seconds": "0+60x@",
    "signage_figures_failed_total": "0x@",
    'signage_collect_findings_total{kind="break"}': "3x@",
    "signage_refused_messages_total": "0+5x@",
    'signage_certificate_expiry_timestamp_seconds{file="a.pem"}': f"{90 * DAY}x@",
    'signage_content_expiry_timestamp_seconds{role="timestamp"}': f"{13 * DAY}x@",
    'signage_content_expiry_timestamp_seconds{role="root"}': f"{90 * DAY}x@",
    'signage_command_unreached_branches{command="notice.post"}': "5 5 0x@",
}
Z = 'region="浙江"'
FIRES: Mapping[str, tuple[dict[str, str], str]] = {  # alert → what is wrong, and when it has fired
    "BranchSilent": ({f'signage_fleet_branches{{{Z},state="silent"}}': "1x@"}, "16m"),
    "RegionSilent": ({f'signage_fleet_branches{{{Z},state="silent"}}': "6x@"}, "4m"),
    "BranchNeverHeard": ({f'signage_fleet_branches{{{Z},state="never"}}': "2x@"}, "25h"),
    "BacklogGrowing": ({f"signage_fleet_backlog_events{{{Z}}}": "900+10x@"}, "90m"),
    "FaultsUnacknowledged": ({f"signage_fleet_unacknowledged_faults{{{Z}}}": "1x@"}, "5h"),
    "ScreenFrozen": ({f'signage_fleet_screens{{{Z},state="stale"}}': "1x@"}, "6m"),
    "ScreenWithoutState": ({f'signage_fleet_screens{{{Z},state="safe"}}': "1x@"}, "11m"),
    "ManyScreensDark": ({f'signage_fleet_screens{{{Z},state="stale"}}': "12x@"}, "6m"),
    "WrongContent": ({f'signage_fleet_screens{{{Z},state="behind"}}': "1x@"}, "121m"),
    "BranchesBehind": ({"signage_publisher_branches_behind": "6x@"}, "61m"),
    "ContentRefused": ({f'signage_fleet_faults{{{Z},code="content-refused"}}': "1x@"}, "6m"),
    "EventsMissing": ({f"signage_fleet_findings{{{Z}}}": "1x@"}, "2m"),
    "ChainBroken": ({'signage_collect_findings_total{kind="break"}': "3 3 3 3 3 4x@"}, "6m"),
    "PadsLost": ({f'signage_fleet_pads{{{Z},state="lost"}}': "6x@"}, "31m"),
    "DiskLow": ({f"signage_fleet_disks_low{{{Z}}}": "1x@"}, "16m"),
    "StorageFailing": ({f'signage_fleet_faults{{{Z},code="storage-full"}}': "1x@"}, "6m"),
    "ClockOff": ({f"signage_fleet_clocks_off{{{Z}}}": "1x@"}, "31m"),
    "CertificateExpiring": ({'signage_certificate_expiry_timestamp_seconds{file="a.pem"}': f"{13 * DAY}x@"}, "61m"),
    "CertificateExpired": ({'signage_certificate_expiry_timestamp_seconds{file="a.pem"}': f"{DAY}x@"}, "1m"),
    "ProgramDown": ({'up{job="signage",instance="a"}': "1 0x@"}, "4m"),
    "ProgramHangs": ({"signage_figures_timestamp_seconds": "0x@"}, "4m"),
    "FiguresFailing": ({"signage_figures_failed_total": "0+1x@"}, "12m"),
    "DatabaseAway": ({"signage_database_up": "0x@"}, "3m"),
    "MailsWait": ({"signage_cases_waiting_mail_seconds": "0+60x@"}, "40m"),
    "StatusesNotStored": ({"signage_fleet_status_timestamp_seconds": "0x@"}, "7m"),
    "LinkDown": ({'signage_link_up{link="head-office"}': "0x@"}, "6m"),
    "RepositoryAway": ({"signage_repository_up": "0x@"}, "11m"),
    "TimestampExpiring": ({'signage_content_expiry_timestamp_seconds{role="timestamp"}': f"{6 * DAY}x@"}, "11m"),
    "SignaturesExpiring": ({'signage_content_expiry_timestamp_seconds{role="root"}': f"{29 * DAY}x@"}, "61m"),
    "EmergencyNotReached": ({'signage_command_unreached_branches{command="notice.post"}': "1x@"}, "3m"),
    "CommandNotReached": ({'signage_command_unreached_branches{command="screen"}': "1x@"}, "31m"),
    "MessagesRefused": ({"signage_refused_messages_total": "0+20x@"}, "40m"),
}
ALSO = {  # what fires with it, as it should
    "RegionSilent": set(),
    "CertificateExpired": set(),
    "ManyScreensDark": {"ScreenFrozen"},
}


def test_promtool_reads_them() -> None:
    subprocess.run([PROMTOOL, "check", "rules", str(RULES)], check=True, capture_output=True)


def test_each_fires_when_it_should_and_all_are_quiet_when_all_is_well(tmp_path: Path) -> None:
    assert FIRES.keys() == rules().keys()
    tests = [scenario("well", {}, "3h", set())]
    tests += [scenario(alert, wrong, when, {alert} | ALSO.get(alert, set())) for alert, (wrong, when) in FIRES.items()]
    file = tmp_path / "alerts.test.yml"
    file.write_text(
        yaml.safe_dump({"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": tests}, allow_unicode=True),
        encoding="utf-8",
    )
    done = subprocess.run([PROMTOOL, "test", "rules", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def scenario(name: str, wrong: dict[str, str], when: str, firing: set[str]) -> dict[str, object]:
    """All is well but for this; at that time just these alerts fire."""
    minutes = int(when[:-1]) * (60 if when.endswith("h") else 1)
    expected = [{"labels": f'{{alertname="{alert}"}}', "value": 1} for alert in sorted(firing)]
    return {
        "name": name,
        "interval": "1m",
        "input_series": [
            {"series": series, "values": values.replace("@", str(minutes))}
            for series, values in ({**FLEET, **wrong}).items()
        ],
        "promql_expr_test": [
            {
                "expr": 'count by (alertname) (ALERTS{alertstate="firing"})',
                "eval_time": when,
                "exp_samples": expected,
            }
        ],
    }


def test_every_metric_that_they_read_is_one_that_a_program_exports() -> None:
    exported = {one.name for metrics in PROGRAMS.values() for one in metrics}
    common = {"signage_figures_timestamp_seconds", "signage_figures_failed_total"}
    common |= {"signage_certificate_expiry_timestamp_seconds", "up"}
    for alert, rule in rules().items():
        read = names(rule["expr"])
        assert read, alert
        assert read <= exported | common, alert


@pytest.mark.parametrize(("alert", "rule"), rules().items())
def test_each_says_what_to_do_in_two_languages(alert: str, rule: dict[str, dict[str, str]]) -> None:
    assert rule["labels"]["severity"] in {"page", "ticket"}, alert
    notes = rule["annotations"]
    assert set(notes) == {"summary", "runbook", "runbook_en"}
    assert len(notes["runbook"]) >= 10
    assert notes["runbook_en"].isascii()
    assert not notes["summary"].isascii()


def test_names_are_read_out_of_expressions() -> None:
    read = names('sum by (region) (rate(a_total{x="b{c"}[5m])) > 0.05 * max(d) and on (e) time() - f > 3 unless g == 1')
    assert read == {"a_total", "d", "f", "g"}
