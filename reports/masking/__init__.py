"""Reports that leave the company: a run without its phone numbers, names and message texts.

:func:`masked` gives a run whose journal holds stand-ins instead, so that every frame, page and
export made from it does, too. Within a run, the same original always becomes the same stand-in:
``Person-1``, ``Agent-2``, ``+999000000003``, ``Text-4``.

- **Names** of consumers, contacts, users and agents, whole and each part of them, wherever they
  stand. In a scenario that did not pass, some people never came to be; there, every word with
  a capital letter that nothing else in the run explains is taken for a name.
- **Phone numbers** of every record, however they are written, and whatever looks like one.
  A number in local and in international format becomes the same stand-in.
- **Texts**: messages, what the virtual agent says, the text below a step, and all that stands in
  quotes and is no setting, state, topic, place or the like. A message of several words is
  replaced wherever it stands; of one word, where it is quoted, or alone in a cell.
- **Technical details** and **attachments** may hold anything, and are left out.

Ids, states, rules, times, settings, files and the fixed words of steps stay as they are.
"""

from __future__ import annotations

from smslab.reports.masking.lines import masked_journals
from smslab.reports.run import Run

__all__ = ["masked", "masked_alike"]


def masked(run: Run) -> Run:
    """The same run with stand-ins for everything that must not leave the company."""
    return masked_alike(run)[0]


def masked_alike(*runs: Run) -> list[Run]:
    """The same runs, masked so that they can be compared.

    The same original has the same stand-in in all of them, and a scenario that is in several
    keeps one key.
    """
    return [Run(journal) for journal in masked_journals([run.journal for run in runs])]
