"""A history that cannot be used says so in words, soon, and never with its password."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from smslab.reports import Run
from smslab.reports.history import database
from smslab.reports.history.addresses import hidden, without_password
from smslab.reports.history.kept import History, HistoryUnusable, Occasion
from tests.postgresql import PASSWORD, USER, Server
from tests.reports.history.conftest import new_database
from tests.reports.synthetic import first_contact, journal_of

RUN = Run(journal_of(first_contact().passed()))


def keep(address: str, minute: int = 0) -> int:
    return History(address).keep(RUN, Occasion(datetime(2026, 3, 1, 9, minute, tzinfo=UTC)))


def refusal(attempt: Callable[[], object]) -> str:
    with pytest.raises(HistoryUnusable) as caught:
        attempt()
    return str(caught.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A history in an SQLite file, with one run."""
    path = tmp_path / "history.sqlite"
    keep(str(path))
    return path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for a lock as short as can be."""
    monkeypatch.setattr(database, "WAIT", 1)
    monkeypatch.setitem(database._CONNECTING, "sqlite", {"timeout": 0.05})


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder of another user's, while the test is a user who may only read in it."""
    folder = Path(tempfile.mkdtemp(prefix="smslab-others-"))
    keep(str(folder / "history.sqlite"))
    folder.chmod(0o555)
    (folder / "history.sqlite").chmod(0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.usefixtures("impatient")
def test_a_file_that_another_program_has_locked(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for attempt in (lambda: keep(str(file), 1), History(str(file)).runs):
        assert refusal(attempt) == (
            f"{file} is locked by another program (database is locked). Wait until it is done."
        )
    other.execute("ROLLBACK")
    assert keep(str(file), 1) == 2
    other.close()


@pytest.mark.usefixtures("impatient")
def test_a_table_that_another_program_has_locked_in_postgresql(server: Server) -> None:
    address = new_database(server)
    keep(address)
    engine = create_engine(address)
    with engine.begin() as other:
        other.exec_driver_sql("LOCK TABLE smslab_runs IN ACCESS EXCLUSIVE MODE")
        said = refusal(lambda: keep(address, 1))
    assert "is locked by another program (canceling statement due to lock timeout)" in said
    assert keep(address, 1) == 2
    engine.dispose()


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"not a database at all, but long enough to look like something" * 40,
        lambda whole: whole[:5000],
        lambda whole: whole[:1024] + b"\xff" * 16_000 + whole[17_024:],
    ],
    ids=["garbage", "cut off", "overwritten"],
)
def test_a_damaged_file_is_left_as_it_is(file: Path, damage: Callable[[bytes], bytes]) -> None:
    file.write_bytes(damage(file.read_bytes()))
    before = file.read_bytes()
    for attempt in (lambda: keep(str(file), 1), History(str(file)).runs):
        said = refusal(attempt)
        assert said.startswith(f"{file} is damaged (")
        assert said.endswith("Move it away; the next run begins a new one.")
    assert file.read_bytes() == before


def test_an_empty_file_is_a_new_history(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    file.touch()
    assert len(History(str(file)).runs()) == 0
    assert keep(str(file)) == 1


def test_what_may_only_be_read_is_read_and_not_written(nobody: Path) -> None:
    file = nobody / "history.sqlite"
    assert len(History(str(file)).runs()) == 1
    assert "attempt to write a readonly database" in refusal(lambda: keep(str(file), 1))
    assert "unable to open database file" in refusal(lambda: keep(str(nobody / "new.sqlite")))
    below = nobody / "below" / "new.sqlite"
    assert "Permission denied" in refusal(lambda: keep(str(below)))


def test_a_path_that_can_be_no_file(file: Path, tmp_path: Path) -> None:
    assert "cannot be used" in refusal(lambda: keep(str(file / "history.sqlite")))
    assert "unable to open database file" in refusal(lambda: keep(str(tmp_path)))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("://", ":// is no address of a database. Expected a file such as results/"),
        ("postgresql+psycopg://u:{}@h:port/d", "u:***@h:port/d is no address of a database."),
        ("nonsense://u:{}@h/d", "nonsense://u:***@h/d: there is no database of the kind nonsense."),
        ("mysql+nosuch://u:{}@h/d", "u:***@h/d: there is no database of the kind mysql+nosuch."),
        ("oracle+cx_oracle://u:{}@h/d", "needs the Python package cx_Oracle. Install it, or name"),
        ("postgresql+psycopg://u:{}@127.0.0.1:1/d", "u:***@127.0.0.1:1/d cannot be used (conn"),
        ("postgresql+psycopg://127.0.0.1:1/d?user=u&password={}", "u&password=*** cannot be used"),
        ("postgresql+psycopg://u:{}@127.0.0.1:1/d?nonsense=1", "cannot be used (invalid connect"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(
    address: str, said: str
) -> None:
    message = refusal(lambda: History(address.format("se%40cret")).runs())
    assert said in message
    assert "cret" not in message


def test_a_wrong_password_is_not_printed(server: Server) -> None:
    message = refusal(lambda: keep(server.address(password="wrong one")))
    assert f'password authentication failed for user "{USER}"' in message
    assert "wrong one" not in message
    assert "wrong%20one" not in message
    assert f"{USER}:***@127.0.0.1:{server.port}/postgres" in message


def test_the_name_of_a_history_has_no_password(server: Server) -> None:
    address = new_database(server)
    name = History(address).name
    assert PASSWORD not in name
    assert ":***@" in name
    assert keep(address) == 1, "which works all the same"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("results/history.sqlite", "results/history.sqlite"),
        ("postgresql://host/db", "postgresql://host/db"),
        ("postgresql://me@host/db", "postgresql://me@host/db"),
        ("postgresql://me:pw@host/db", "postgresql://me:***@host/db"),
        ("postgresql://:pw@host/db", "postgresql://:***@host/db"),
        ("postgresql://me:p@w:x/y@host/db", "postgresql://me:***@host/db"),
        ("--history=mysql://me:pw@h/d", "--history=mysql://me:***@h/d"),
        ("x://h/d?a=1&password=pw&b=2", "x://h/d?a=1&password=***&b=2"),
        ("x://h/d?sslpassword=pw", "x://h/d?sslpassword=***"),
        ("x://h/d?PWD=pw", "x://h/d?PWD=***"),
        ("say --switch a=b", "say --switch a=b"),
    ],
)
def test_passwords_are_hidden_in_texts(text: str, shown: str) -> None:
    assert hidden(text) == shown


def test_what_a_driver_says_is_shown_without_the_password_however_spelt() -> None:
    address = "postgresql://me:se%40cret@host/db?password=o%20ther"
    said = 'could not log in with "se@cret", "se%40cret", "o ther" or "o%20ther"'
    assert without_password(said, address) == 'could not log in with "***", "***", "***" or "***"'
