"""JUnit XML: a suite per feature, a test case per scenario and example."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from smslab.reports.journal_file import JournalFile, ResultLine, ScenarioRecord, StepLine
from smslab.reports.titles import CUT_OFF, status_of, title, withheld
from smslab.reports.xml_text import legal

_ELEMENT_OF = {"failed": "failure", "skipped": "skipped"}
_TYPE_OF = {"failed": "AssertionError"}


def render(journal: JournalFile, durations: Mapping[str, float]) -> str:
    """The XML document. ``durations`` are seconds by scenario key; a scenario without one has 0.

    Failed scenarios are failures, skipped ones are skipped, and those that could not be run
    to their end (undefined, ambiguous, pending, broken, cut off) are errors. A journal that
    is damaged, as after a run that was killed, is an error, too: nobody knows what is missing.
    So are, together, scenarios that were not run because others had to be put right first.
    What was tried more than once has properties that say so. Characters that XML does not
    allow become U+FFFD.
    """
    features: dict[str, list[ScenarioRecord]] = defaultdict(list)
    for record in journal.scenarios:
        features[record.scenario.feature].append(record)
    root = ElementTree.Element("testsuites", {"name": "smslab"})
    for feature, records in features.items():
        root.append(_suite(feature, records, durations))
    _total(root, journal.scenarios, durations)
    for suite in _suites_of_what_is_missing(journal):
        root.append(suite)
        for name in ("tests", "errors"):
            root.set(name, str(int(root.attrib[name]) + 1))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _suites_of_what_is_missing(journal: JournalFile) -> Iterator[ElementTree.Element]:
    """Suites that stand for what cannot be read, and for what was not run."""
    if journal.damage:
        yield _stand_in("the journal", "is whole", "damaged", journal.damage)
    if journal.withheld:
        yield _stand_in("every scenario", "was run", "withheld", [withheld(journal.withheld)])


def _stand_in(name: str, case_name: str, kind: str, paragraphs: list[str]) -> ElementTree.Element:
    counts = {"tests": "1", "failures": "0", "errors": "1", "skipped": "0", "time": "0.000"}
    suite = ElementTree.Element("testsuite", {"name": name, **counts})
    about = {"classname": name, "name": case_name, "time": "0.000"}
    case = ElementTree.SubElement(suite, "testcase", about)
    problem = {"message": legal(paragraphs[0]), "type": kind}
    ElementTree.SubElement(case, "error", problem).text = legal("\n".join(paragraphs))
    return suite


def _suite(
    feature: str, records: list[ScenarioRecord], durations: Mapping[str, float]
) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", {"name": legal(feature)})
    _total(suite, records, durations)
    suite.extend(_case(record, durations) for record in records)
    return suite


def _total(
    element: ElementTree.Element, records: list[ScenarioRecord], durations: Mapping[str, float]
) -> None:
    kinds = [_kind(record) for record in records]
    element.set("tests", str(len(records)))
    for name, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(kinds.count(kind)))
    seconds = sum(durations.get(record.scenario.scenario, 0.0) for record in records)
    element.set("time", f"{seconds:.3f}")


def _case(record: ScenarioRecord, durations: Mapping[str, float]) -> ElementTree.Element:
    scenario = record.scenario
    case = ElementTree.Element(
        "testcase",
        {
            "classname": legal(scenario.feature),
            "name": legal(title(scenario)),
            "time": f"{durations.get(scenario.scenario, 0.0):.3f}",
        },
    )
    if record.result and record.result.attempts > 1:
        case.append(_attempts(record.result))
    kind = _kind(record)
    if kind is not None:
        status = status_of(record)
        message = _message(record)
        problem = ElementTree.SubElement(case, kind, {"message": legal(message)})
        if kind != "skipped":
            problem.set("type", _TYPE_OF.get(status, status))
            detail = record.result.detail if record.result else None
            problem.text = legal("\n".join(filter(None, (_place(record), message, detail))))
        output = ElementTree.SubElement(case, "system-out")
        output.text = legal("\n".join(map(_step, record.steps)))
    return case


def _attempts(result: ResultLine) -> ElementTree.Element:
    """Properties that say how often a scenario was tried, and whether it is flaky."""
    properties = ElementTree.Element("properties")
    said = {"attempts": str(result.attempts)}
    if result.status == "passed":
        said["flaky"] = "true"
    for name, value in said.items():
        ElementTree.SubElement(properties, "property", {"name": name, "value": value})
    return properties


def _kind(record: ScenarioRecord) -> str | None:
    status = status_of(record)
    return None if status == "passed" else _ELEMENT_OF.get(status, "error")


def _message(record: ScenarioRecord) -> str:
    if record.result is None:
        return f"{CUT_OFF}: the journal holds no result of this scenario"
    return record.result.message or record.result.status


def _place(record: ScenarioRecord) -> str:
    scenario, result = record.scenario, record.result
    at = scenario.at if result is None or result.at is None else result.at
    return f"{scenario.file}:{at}"


def _step(step: StepLine) -> str:
    return f"{step.status:9} {step.keyword} {step.text}"
