from collections.abc import Iterator
from pathlib import Path

import pytest

from signage.office.database import Store
from tests.unit.office.postgres import programs, server


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if programs() is None:
        pytest.skip("no PostgreSQL server is installed")
    with server(tmp_path_factory.mktemp("pg")) as running:
        yield running.url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty, prepared database of each sort."""
    if request.param == "sqlite":
        made = Store(f"sqlite:///{tmp_path}/var/office.db")
    else:
        made = Store(request.getfixturevalue("postgres_url"))
        with made.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    made.prepare()
    yield made
    made.close()
