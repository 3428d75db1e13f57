"""Any journal is read back as it was written, and any cut loses only what was cut."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from smslab.reports import journal_file
from smslab.reports.journal_file import (
    STATUSES,
    JournalFile,
    ResultLine,
    RunLine,
    ScenarioLine,
    ScenarioRecord,
    StepLine,
)
from smslab.simulator.journal import Event
from tests.reports.synthetic import mixed_journal

integers = st.integers(-(2**63), 2**63 - 1)
maybe_text = st.none() | st.text()
values = st.none() | st.text() | integers | st.booleans()
tables = st.lists(st.lists(st.text(), max_size=3).map(tuple), max_size=3).map(tuple)
times = st.datetimes(
    datetime(1970, 1, 1),
    timezones=st.just(UTC),
)


def records(key: str) -> st.SearchStrategy[ScenarioRecord]:
    return st.builds(
        ScenarioRecord,
        st.builds(
            ScenarioLine,
            st.just(key),
            st.text(),
            st.text(),
            integers,
            maybe_text,
            st.text(),
            st.lists(st.text(), max_size=3).map(tuple),
            st.none() | st.dictionaries(st.text(), st.text(), max_size=3),
            integers,
            st.text(),
        ),
        st.lists(
            st.builds(
                StepLine,
                st.just(key),
                st.integers(0, 5),
                st.text(),
                st.text(),
                integers,
                st.booleans(),
                st.none() | tables,
                maybe_text,
                st.sampled_from(STATUSES),
                maybe_text,
            ),
            max_size=3,
        ),
        st.lists(
            st.builds(
                Event,
                integers,
                times,
                st.integers(-1, 6),
                st.text(),
                st.text(),
                st.text(),
                values,
                values,
                st.text(),
                maybe_text,
                st.text(),
            ),
            max_size=4,
        ),
        st.builds(
            ResultLine,
            st.just(key),
            st.sampled_from(STATUSES),
            st.none() | integers,
            st.none() | integers,
            maybe_text,
            maybe_text,
        ),
    )


journals = st.builds(
    JournalFile,
    st.builds(
        RunLine,
        integers,
        st.dictionaries(st.text(), st.text() | st.booleans() | integers, max_size=3),
        st.text(),
    ),
    st.sets(st.text(), max_size=3).flatmap(
        lambda keys: st.tuples(*(records(key) for key in sorted(keys))).map(list)
    ),
)


@given(journals)
@settings(max_examples=60, deadline=None)
def test_any_journal_is_read_back_as_it_was_written(journal: JournalFile) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "journal.jsonl")
        journal_file.write(path, journal)
        assert journal_file.read(path) == journal


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_file_cut_at_any_byte_loses_only_the_scenario_that_is_cut(
    whole: bytes, data: st.DataObject
) -> None:
    length = data.draw(st.integers(0, len(whole) - 1))
    with TemporaryDirectory() as folder:
        path = Path(folder, "journal.jsonl")
        path.write_bytes(whole[:length])
        cut = journal_file.read(path)

    complete = whole[:length].count(b'{"line":"result"')
    if length and not whole[:length].endswith(b"\n"):
        complete -= whole[:length].rsplit(b"\n", 1)[-1].startswith(b'{"line":"result"')
    scenarios = mixed_journal().scenarios
    assert cut.damage
    assert cut.scenarios[:complete] == scenarios[:complete]
    assert all(record.result is None for record in cut.scenarios[complete:])
    assert len(cut.scenarios) - complete in (0, 1)
