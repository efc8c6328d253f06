import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from signage.office import migrations
from signage.office.database import Store
from tests.unit.office.postgres import programs, server


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if programs() is None:
        pytest.skip("no PostgreSQL server is installed")
    with server(tmp_path_factory.mktemp("pg")) as running:
        yield running.url


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, prepared SQLite database, to be copied: that is quicker than to make its tables each time."""
    file = tmp_path_factory.mktemp("prepared") / "office.db"
    made = Store(f"sqlite:///{file}")
    made.prepare()
    made.close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty, prepared database of each sort."""
    if request.param == "sqlite":
        (tmp_path / "var").mkdir()
        shutil.copy(request.getfixturevalue("prepared_file"), tmp_path / "var/office.db")
        made = Store(f"sqlite:///{tmp_path}/var/office.db")
    else:
        made = Store(request.getfixturevalue("postgres_url"))
        _empty(made)
    made.prepare()
    yield made
    made.close()


def _empty(store: Store) -> None:
    """Without rows if its tables are those of this program, else without tables."""
    with store.begin() as connection:
        tables = set(inspect(connection).get_table_names()) - {"alembic_version", "schema_version"}
        if tables and migrations.applied(connection) == migrations.newest():
            connection.exec_driver_sql(f"TRUNCATE {', '.join(sorted(tables))} RESTART IDENTITY")
        else:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
