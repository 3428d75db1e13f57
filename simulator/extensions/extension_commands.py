"""Registering extensions with an instance."""

from __future__ import annotations

from smslab.simulator.administration import ADMINISTRATOR
from smslab.simulator.commands import Commands
from smslab.simulator.extensions.extension_points import ExtensionPoint
from smslab.simulator.records import Extension


class Extending(Commands):
    """The commands that extend the instance."""

    def register_extension(
        self, implementation: ExtensionPoint, name: str | None = None, order: int | None = None
    ) -> Extension:
        """Register an implementation of an extension point (section 9).

        ``name`` and ``order`` are the implementation's own unless given. Raises TypeError
        for an object that implements no point, Refused for a name or an order that is none
        or that another implementation of the point has.
        """
        registered = self.core.extensions.checked(implementation, name, order)
        point = implementation.rule
        with self.core.command("register extension", ADMINISTRATOR):
            record = self.core.store.insert(
                Extension(
                    self.core.store.new_id("extension"), registered.name, point, registered.order
                ),
                point,
            )
        self.core.extensions.add(registered)
        return record
