"""Databases for the collectors' benchmark: SQLite's file or a PostgreSQL of its own, empty before each measurement."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.unit.office.postgres import server


@contextmanager
def database(name: str, folder: Path) -> Iterator[str]:
    """An empty one."""
    folder.mkdir()
    if name == "sqlite":
        yield f"sqlite:///{folder}/office.db"
        return
    with server(folder) as running:
        yield running.url


def emptied(url: str, folder: Path) -> None:
    for file in folder.glob("*.db*"):
        file.unlink()
    if url.startswith("postgresql"):
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")


def bare_database(url: str, folder: Path) -> str:
    """Where the bare side stores, on the same disk or server."""
    return url.replace("+psycopg", "") if url.startswith("postgresql") else str(folder / "bare.db")
