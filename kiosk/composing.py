"""One screen's part of the branch's file: the composition root, where configuration becomes settings.

It loads what checks a whole file (every country's holidays among it), so a running screen leaves it to its clerk.
"""

from collections.abc import Iterator
from pathlib import Path

import kiosk.settings
from kiosk.languages import check_languages
from kiosk.remembered import Start, marks_of
from kiosk.settings import ContentSettings, KioskSettings, SoundSettings
from kiosk.view.portrait import Teller
from signage import __version__
from signage.config import branch_file
from signage.config.addresses import broker_address, listen_at
from signage.config.branch_file import BranchConfig, ScreenTable
from signage.config.load import BadConfiguration, load_branch
from signage.config.privacy_keys import sealer_of
from signage.config.privacy_tables import PrivacyTable
from signage.core.exits import Exit, Refusal
from signage.link import catalogues as words


def learn(file: Path, name: str) -> Start:
    """All that a screen of that name is told, as the file is now. Raises Refusal."""
    code = (Path(str(module.__file__)) for module in (kiosk.settings, branch_file, words))
    marks = marks_of((file, Path(__file__), *code, *words.catalogue_files()))
    catalogues = words.load_catalogues()
    branch = load_branch(file)
    marks |= marks_of(_named(branch))
    settings = compose(branch, name, file)
    check_languages(catalogues, settings, file)
    return Start(settings, catalogues, marks)


def _named(branch: BranchConfig) -> Iterator[Path]:
    """The files and folders of which the settings say something."""
    broker = branch.broker
    pins = branch.staff.emergency_pin_file if branch.staff is not None else None
    for one in (
        broker.password_file,
        broker.ca_file,
        broker.cert_file,
        broker.key_file,
        branch.privacy.head_office,
        branch.privacy.desk,
        branch.sound.directory,
        pins,
    ):
        if one is not None:
            yield Path(one)


def compose(branch: BranchConfig, name: str, file: Path) -> KioskSettings:
    """One screen's part of the branch's file. Raises Refusal."""
    table = next((screen for screen in branch.screen if screen.name == name), None)
    if table is None:
        names = ", ".join(screen.name for screen in branch.screen) or "none"
        raise Refusal(Exit.WRONG_USE, f"--screen: {file} has no screen {name!r}; it has {names}")
    broker = broker_address(branch.broker, table.name)
    return KioskSettings(
        name=table.name,
        kind=table.kind,
        size=table.size,
        broker=broker,
        directory=Path(table.state_directory),
        counter=table.counter,
        root=branch.broker.root,
        rotation=table.rotation,
        fullscreen=table.fullscreen,
        display=table.display,
        left=table.left,
        top=table.top,
        fps=table.fps,
        locale=table.locale,
        power=table.power,
        burn_in_shift=table.burn_in_shift,
        touch_panel=table.touch_panel,
        languages=table.languages,
        software=f"kiosk {__version__}",
        emergency_pin_file=_emergency_pin_file(branch),
        content=_content(branch),
        sound=_sound(branch, table, file),
        motion=table.motion,
        brand=branch.branch.brand,
        tellers=_tellers(branch) if table.kind == "counter" else (),
        sealer=sealer_of(branch.privacy if table.kind == "touch" else PrivacyTable()),
        metrics=listen_at(branch.metrics.devices.get(table.name), broker),
    )


def _tellers(branch: BranchConfig) -> tuple[Teller, ...]:
    """A photo is looked for when its teller first serves: one that is not there keeps no display from showing the rest."""
    return tuple(Teller(one.id, one.name, Path(one.photo) if one.photo else None) for one in branch.teller)


def _sound(branch: BranchConfig, screen: ScreenTable, file: Path) -> SoundSettings:
    folder = Path(branch.sound.directory) if branch.sound.directory is not None else None
    if folder is not None and not folder.is_dir():
        raise BadConfiguration(
            f'{file}: [sound], key directory: found "{folder}", wanted a folder with sounds such as zh/welcome.ogg'
        )
    return SoundSettings(screen.sound != "none", screen.sound == "all", folder, branch.sound.quiet)


def _content(branch: BranchConfig) -> ContentSettings | None:
    """None: there is no [content], so only house slides are shown."""
    table = branch.content
    if table is None:
        return None
    root = Path(table.trusted_root) if table.trusted_root is not None else None
    return ContentSettings(root, table.limit_mb)


def _emergency_pin_file(branch: BranchConfig) -> Path | None:
    """None: this branch has none, or it was not given to this machine."""
    name = branch.staff.emergency_pin_file if branch.staff is not None else None
    return Path(name) if name is not None and Path(name).exists() else None
