"""Every table is made by a migration, and a database of the first schema version is carried over without loss."""

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import signage.office
from signage.office import migrations
from signage.office.database import Store
from signage.office.tables import metadata

FOLDER = Path(migrations.__file__).parent


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return ScriptDirectory.from_config(config)


def test_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    for file in Path(signage.office.__file__).parent.rglob("*tables*.py"):
        __import__(".".join(("signage", *file.relative_to(FOLDER.parents[1]).with_suffix("").parts)))
    with store.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == [], "change a migration of this part, or add one"


def test_each_part_has_one_line_of_migrations_named_as_their_files() -> None:
    revisions = {script.revision: script for script in scripts().walk_revisions()}
    assert set(revisions) == migrations.known()
    assert set(scripts().get_heads()) == migrations.newest()
    for name, script in revisions.items():
        match = re.fullmatch(r"([a-z]+)_(\d{4})", name)
        assert match is not None, f"{name}: wanted <part>_<number>"
        part, number = match.groups()
        before = f"{part}_{int(number) - 1:04d}" if int(number) > 1 else None
        assert script.down_revision == before, f"{name}: its down_revision is {before!r}"


def test_what_is_current_is_left_alone(store: Store) -> None:
    with store.read() as connection:
        assert migrations.applied(connection) == migrations.newest()
    store.prepare()
    store.check()
