"""Feature files and scenarios as pytest collects and runs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from smslab.reports.journal_file import ScenarioRecord
from smslab.steps.engine.attaching import Attach
from smslab.steps.engine.failures import explain, failure_text
from smslab.steps.engine.keys import distinct, item_name
from smslab.steps.engine.lacking import Lacking, lacking
from smslab.steps.engine.model import Candidate, Scenario, scenario_seed
from smslab.steps.engine.parsing import parse_file
from smslab.steps.engine.places import shown_path
from smslab.steps.engine.planning import PlannedScenario, plan
from smslab.steps.engine.private import PUT_ON_ITEMS, FileFixtures, ItemFixtures, place_of
from smslab.steps.engine.records import Mishap, failed_around, record_of, record_of_trouble
from smslab.steps.engine.registry import Registry
from smslab.steps.engine.runner import run_scenario
from smslab.steps.engine.stage import Clock, Stage, StageOnDemand
from smslab.steps.needs import Need

if TYPE_CHECKING:
    from pluggy import HookRelay


class Session(Protocol):
    """What the run gives to every item; the plugin makes it."""

    @property
    def seed(self) -> int:
        """The seed of the run."""

    @property
    def allow_same_names(self) -> bool:
        """Whether scenarios of one name are numbered, instead of refused."""

    @property
    def offers(self) -> frozenset[Need]:
        """What phrases may need of the target."""

    def stage(self, seed: int) -> Stage:
        """A fresh stage."""

    @property
    def stage_can_wait(self) -> bool:
        """Whether a scenario that uses no stage needs none."""

    def rewind(self) -> None:
        """Show the time at which every scenario begins as the wall clock."""

    def follow(self, clock: Clock) -> None:
        """Show the time of ``clock`` as the wall clock."""

    def registry(self, file: Path) -> Registry:
        """The phrases that a feature file can use."""

    def rerun_command(self, file: str, at: int) -> str:
        """The command that runs one scenario again."""


SESSION = pytest.StashKey[Session]()
"""Where the configuration keeps the session."""


class ScenarioFailed(Exception):
    """A scenario did not pass; the message is all that its reader needs."""


class FeatureFile(pytest.File):
    """A feature file. Collecting it never fails: its problems become failing items."""

    def collect(self) -> Iterator[ScenarioItem]:
        """The scenarios of the file and the stand-ins of what cannot run."""
        same_names = self.config.stash[SESSION].allow_same_names
        shown = shown_path(self.path, self.config.invocation_params.dir)
        found = parse_file(self.path, shown, allow_same_names=same_names)
        for candidate in distinct(found, allow_same_names=same_names):
            scenario = candidate if isinstance(candidate, Scenario) else candidate.scenario
            yield ScenarioItem.from_parent(self, name=item_name(scenario), candidate=candidate)

    @cached_property
    def place(self) -> str:
        """The name of the file, from the root folder."""
        return place_of(self)

    @cached_property
    def hooks(self) -> HookRelay:
        """The hooks for the scenarios of the file, once all that has hooks is there."""
        return super().ihook

    @cached_property
    def fixtures(self) -> FileFixtures:
        """The fixtures that the scenarios of the file can use."""
        return FileFixtures(self)

    @cached_property
    def own_fixtures(self) -> tuple[str, ...]:
        """Those of smslab's fixtures that nobody has replaced for this file."""
        names = ("instance", "scene", "attach")
        return tuple(n for n in names if self.fixtures.comes_from(n, "smslab.steps.fixtures"))

    @cached_property
    def registry(self) -> Registry:
        """The phrases that the file can use."""
        return self.config.stash[SESSION].registry(self.path)


class ScenarioItem(pytest.Item):
    """A scenario as a test of pytest. ``record`` is what became of it, once it has ended.

    ``step_seconds`` are the real durations of the steps that began.
    ``attempts`` counts how often it was begun, ``retries_left`` how often it may be again;
    ``lacked`` are the needs for which the target could not run it.
    """

    __slots__ = (
        *("_fixtures", "_lacks", "_planned", "_stage", "attempts", "candidate"),
        *("failed_but_not_for_good", "lacked", "record", "retries_left", "step_seconds"),
        *PUT_ON_ITEMS,
    )
    parent: FeatureFile

    def __init__(self, *, candidate: Candidate, **others: object) -> None:
        super().__init__(**others)  # type: ignore[arg-type]
        self.candidate = candidate
        self.record: ScenarioRecord | None = None
        self.step_seconds: tuple[float, ...] = ()
        self.attempts = 1
        self.retries_left = 0
        self.failed_but_not_for_good = False
        self.lacked: tuple[Need, ...] = ()
        self._lacks: Lacking | None = None
        self._planned: PlannedScenario | None = None
        self._fixtures: ItemFixtures | None = None
        self._stage: StageOnDemand | None = None
        self.extra_keyword_matches.update(tag.removeprefix("@") for tag in self.scenario.tags)

    @property
    def ihook(self) -> HookRelay:
        """The hooks for the scenario: those of its file, once all of them are known."""
        return self.parent.hooks if self.session.testscollected else super().ihook

    @property
    def location(self) -> tuple[str, int, str]:
        """File, line (from 0) and name, as reports have them."""
        _, line, name = self.reportinfo()
        return self.parent.place, line, name

    @property
    def scenario(self) -> Scenario:
        """The scenario, or the stand-in of a problem."""
        found = self.candidate
        return found if isinstance(found, Scenario) else found.scenario

    @property
    def uses_fixtures(self) -> bool:
        """Whether pytest made fixtures for the scenario."""
        return self._fixtures is not None and self._fixtures.used

    @property
    def has_to_tear_down(self) -> bool:
        """Whether code of the user's own runs at the end of the scenario."""
        return self._fixtures is not None and self._fixtures.to_tear_down

    @property
    def stage(self) -> Stage:
        """The stage of the scenario while it runs, made when it is first asked for."""
        assert self._stage is not None
        return self._stage.get()

    @property
    def attach(self) -> Attach:
        """What keeps attachments with the scenario while it runs."""
        assert self._stage is not None
        return Attach(self.scenario.key, self._stage)

    def bind(self, *, strict: bool = False) -> PlannedScenario:
        """Bind the steps of the scenario to their phrases, once."""
        if self._planned is None:
            self._planned = plan(self.candidate, self.parent.registry, strict=strict)
        return self._planned

    def setup(self) -> None:
        """Bind the steps; where all are known, make the fixtures that every scenario has."""
        self.record = self._fixtures = self._stage = None
        self.step_seconds = ()
        planned, session = self.bind(), self._session
        self._lacks = None if planned.troubles else lacking(planned, session.offers)
        if not planned.troubles and self._lacks is None:
            session.rewind()
            self._stage = StageOnDemand(self._make_stage)
            if not session.stage_can_wait:
                self._stage.get()
            stage = self._stage
            key = self.scenario.key
            own = {name: partial(_own, stage, key, name) for name in self.parent.own_fixtures}
            self._fixtures = ItemFixtures(self, self.parent.fixtures, own)
            self._fixtures.set_up()

    def runtest(self) -> None:
        """Run the steps. Raises ScenarioFailed, or pytest's skip, unless all pass."""
        planned, seed = self.bind(), self._session.seed
        if planned.troubles:
            self.record = record_of_trouble(planned, seed)
            raise ScenarioFailed(self.failure())
        if self._lacks is not None:
            said, self.lacked = self._lacks.message, self._lacks.needs
            mishap = Mishap(self._lacks.step, "skipped", said)
            self.record = record_of(planned, seed, mishap, 0)
            raise pytest.skip.Exception(said, _use_item_location=True)
        assert self._fixtures is not None
        assert self._stage is not None
        outcome = run_scenario(planned, seed, self._stage, self._fixtures)
        self.record, self.step_seconds = outcome.record, outcome.seconds
        if isinstance(outcome.error, pytest.skip.Exception):
            need = getattr(outcome.error, "need", None)
            self.lacked = (need,) if isinstance(need, Need) else ()
            raise outcome.error
        if outcome.error is not None:
            trace = outcome.error.__traceback__
            raise ScenarioFailed(self.failure()).with_traceback(trace) from outcome.error

    def teardown(self) -> None:
        """Let go of everything that only this scenario needed."""
        if self._fixtures is not None:
            self._fixtures.forget()
        self._fixtures = self._stage = None

    def let_go(self) -> None:
        """Keep only what names the scenario, which will not be run again."""
        self._planned = None
        if isinstance(self.candidate, Scenario):
            self.candidate = replace(self.candidate, steps=(), remarks=())

    def _make_stage(self) -> Stage:
        session = self._session
        stage = session.stage(scenario_seed(session.seed, self.scenario.key))
        session.follow(stage.clock)
        return stage

    def failed_around(self, error: BaseException, when: str) -> None:
        """Note an error outside the steps, such as one of a fixture."""
        if isinstance(error, ScenarioFailed):
            return
        skipped = isinstance(error, pytest.skip.Exception)
        said, detail = explain(error, type(self).runtest)
        message = said if skipped else f"the {when} failed: {said}"
        if self.record is not None:
            self.record = failed_around(self.record, message, detail)
        else:
            planned = self._planned or PlannedScenario(self.scenario, (), ())
            mishap = Mishap(None, "skipped" if skipped else "failed", message, detail)
            self.record = record_of(planned, self._session.seed, mishap, 0)
            if self._stage is not None:
                self._stage.keep_attachments_in(self.record)

    def failure(self) -> str:
        """What to tell about a scenario that did not pass."""
        assert self.record is not None
        session, scenario = self._session, self.scenario
        rerun = session.rerun_command(scenario.file, scenario.at)
        return failure_text(self.record, session.seed, rerun)

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> object:
        """Words for a scenario that did not pass, a traceback for an error in a fixture."""
        if isinstance(excinfo.value, ScenarioFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line (from 0) and name."""
        return self.path, self.scenario.at - 1, self.name

    @property
    def _session(self) -> Session:
        return self.config.stash[SESSION]


def _own(stage: StageOnDemand, scenario: str, name: str) -> object:
    return Attach(scenario, stage) if name == "attach" else getattr(stage.get(), name)


def settle(items: Sequence[pytest.Item], *, allow_same_names: bool = False) -> None:
    """See to it that no two of the scenarios share a key: the later ones will fail, and say why.

    Where ``allow_same_names`` says so, they get a number instead.
    """
    ours = [item for item in items if isinstance(item, ScenarioItem)]
    candidates = distinct([item.candidate for item in ours], allow_same_names=allow_same_names)
    for item, candidate in zip(ours, candidates, strict=True):
        item.candidate = candidate
