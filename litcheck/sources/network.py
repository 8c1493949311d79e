"""What the services of a run tell about the network that they all need."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Network:
    """Whether any service has answered, and whether one has been given up that had not."""

    has_answered: bool = False
    given_up: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether a service has been given up and none has answered: the next one need not be waited for as long."""
        return self.given_up and not self.has_answered
