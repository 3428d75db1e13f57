"""The virtual agent: it answers texts by its topics, and hands over to the queue (W-5)."""

from __future__ import annotations

from smslab.simulator import interactions
from smslab.simulator.core import Core
from smslab.simulator.executed import Executed
from smslab.simulator.messages import send_message
from smslab.simulator.records import VIRTUAL_AGENT, Interaction, Message
from smslab.simulator.states import Direction
from smslab.simulator.virtual_agents.endings import Ending, end_conversation
from smslab.simulator.virtual_agents.topic_script import (
    Effect,
    End,
    GiveUp,
    HandOver,
    Response,
    Say,
    Scripts,
    respond,
    run_id,
)
from smslab.simulator.virtual_agents.topics import TopicRun


class VirtualAgent:
    """Answers the texts in the conversations that it has.

    Without topics, and without words that ask for an agent, it says and does nothing.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        core.reactors.append(self._answer)

    def _answer(self, executed: Executed) -> None:
        for change in executed.of(Message):
            text = change.new
            if text.direction is Direction.OUTBOUND:
                continue
            interaction = self._core.store.interactions[text.interaction]
            if change.old is None and is_talking_to_it(interaction):
                self._respond(interaction, text.body)

    def _respond(self, interaction: Interaction, text: str) -> None:
        store = self._core.store
        run = store.topic_runs.get(run_id(interaction.id))
        channel = store.channels.find("name", interaction.channel)
        words = channel[0].agent_words if channel else ()
        response = respond(Scripts(store.topics.by_id, words), run, interaction.id, text)
        if response.effects:
            with self._core.command(VIRTUAL_AGENT, VIRTUAL_AGENT):
                self._carry_out(interaction, response)

    def _carry_out(self, interaction: Interaction, response: Response) -> None:
        self._remember(response.run)
        for effect in response.effects:
            self._apply(interaction, effect)

    def _remember(self, run: TopicRun | None) -> None:
        store = self._core.store
        if run is None:
            return
        if store.topic_runs.get(run.id) is None:
            store.insert(run)
        else:
            store.update(
                run, topic=run.topic, position=run.position, misses=run.misses, fault=run.fault
            )

    def _apply(self, interaction: Interaction, effect: Effect) -> None:
        if isinstance(effect, Say):
            send_message(
                self._core, interaction, author=VIRTUAL_AGENT, body=effect.body, rule="R-3"
            )
        elif isinstance(effect, HandOver) or self._hands_over_at(effect):
            interactions.put_in_queue(self._core, interaction, "W-5")
        elif isinstance(effect, End):
            interactions.close(self._core, interaction, effect.reason, "S-5")
        else:
            ending = Ending.GIVEN_UP if isinstance(effect, GiveUp) else Ending.ERROR
            end_conversation(self._core, interaction, ending, "S-5")

    def _hands_over_at(self, effect: Effect) -> bool:
        return isinstance(effect, GiveUp) and self._core.policy.unclear_replies == "hand_over"


def is_talking_to_it(interaction: Interaction) -> bool:
    """Whether an interaction is a conversation that the virtual agent has."""
    return interaction.with_virtual_agent and interaction.state.is_active
