"""Commands about conversations: the virtual agent's topics, and who ends them (W-5, S-5, T-4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from smslab.simulator.administration import ADMINISTRATOR, Administration
from smslab.simulator.clock import check_duration
from smslab.simulator.core import Core
from smslab.simulator.errors import Refused
from smslab.simulator.records import SMS, Channel
from smslab.simulator.virtual_agents.endings import Ending, end_conversation
from smslab.simulator.virtual_agents.idle_job import IdleJob
from smslab.simulator.virtual_agents.topics import Topic, TopicStep, check_topic, check_words
from smslab.simulator.virtual_agents.virtual_agent import VirtualAgent


class Conversations(Administration):
    """What the virtual agent knows, and how conversations end.

    The virtual agent answers, and the hourly idle job runs, by themselves. It answers after
    all else has seen the text, so this is the base that an instance names first.
    """

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        IdleJob(core)
        VirtualAgent(core)

    def add_topic(
        self, name: str, steps: Sequence[TopicStep], keywords: Sequence[str] = ()
    ) -> Topic:
        """Teach the virtual agent a topic. Raises BadTopic for one that cannot be.

        A conversation begins with the topic that has a keyword of its first text, else with
        the topic that was added first.
        """
        topics = self.core.store.topics
        with self.core.command("add topic", ADMINISTRATOR):
            topic = Topic(
                self.core.store.new_id(topics.prefix), name, tuple(steps), check_words(keywords)
            )
            check_topic(topic, topics.by_id)
            return self.core.store.insert(topic)

    def set_agent_words(self, words: Sequence[str], channel: str = SMS) -> Channel:
        """Whoever texts one of these words on a channel asks for an agent (W-5)."""
        return self.configure_channel(channel, agent_words=check_words(words))

    def requester_leaves(self, interaction: str, for_a_search: bool = False) -> None:
        """The requester ends the conversation, or leaves it for a search (S-5).

        Raises Refused where it has ended before (S-4).
        """
        leaving = self.interaction(interaction)
        ending = Ending.REQUESTER_SEARCHES if for_a_search else Ending.REQUESTER_LEAVES
        with self.core.command("requester leaves", leaving.requester_number or "requester"):
            end_conversation(self.core, leaving, ending, "S-5")

    def agent_ends(self, interaction: str, agent: str) -> None:
        """The agent who has a conversation ends it (S-5).

        Raises Refused where it has ended before (S-4), or where another has it.
        """
        ended, name = self.interaction(interaction), self.name_of_agent(agent)
        with self.core.command("agent ends", name):
            if ended.state.is_active and ended.assigned_to != agent:
                raise Refused("S-5", f"{name} does not have {ended.id} and cannot end it.")
            end_conversation(self.core, ended, Ending.AGENT_ENDS, "S-5")

    def set_idle_timeout(self, timeout: timedelta | None, channel: str = SMS) -> Channel:
        """How long conversations of a channel may be idle; None is as the instance says (T-4).

        Raises ValueError for a duration that is not positive, or longer than a century.
        """
        if timeout is not None:
            check_duration(timeout)
        return self.configure_channel(channel, va_idle_timeout=timeout)
