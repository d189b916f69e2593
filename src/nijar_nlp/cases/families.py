"""The register of actors into what grouping asks of it: who is above whom, names, and countries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from nijar_nlp.folding import fold
from nijar_nlp.records import Actor, Role

_NO_OFFICE = ("hostage", "captive", "prisoner freed", "detainee")


class Families:
    """The register by id. `actors` may be empty: then every group stands alone."""

    def __init__(self, actors: Sequence[Actor] | Mapping[str, Actor] = ()) -> None:
        listed = actors.values() if isinstance(actors, Mapping) else actors
        self._actors = {actor.id: actor for actor in listed}
        self._above: dict[tuple[str, date | None], frozenset[str]] = {}
        self._country_names = {
            actor.countries[0]: actor.name
            for actor in reversed(list(self._actors.values()))
            if actor.type == "state" and len(actor.countries) == 1
        }
        self._surnames = {
            fold(actor.name).split()[-1] for actor in self._actors.values() if actor.type == "person"
        }
        self.stage = self.homes(actor.id for actor in self._actors.values() if actor.type == "armed_group")

    def __contains__(self, identity: str) -> bool:
        return identity in self._actors

    def name(self, identity: str, default: str = "") -> str:
        """The register's name of an actor, or the default."""
        actor = self._actors.get(identity)
        return actor.name if actor else default or identity

    def is_group(self, identity: str) -> bool:
        """Whether an actor of the register is an armed group."""
        actor = self._actors.get(identity)
        return actor is not None and actor.type == "armed_group"

    def country_name(self, code: str) -> str:
        """The English name of a country that has a state in the register, else its code."""
        return self._country_names.get(code, code)

    def is_surname(self, text: str) -> bool:
        """Whether a word is the last name of a person of the register: more often he than a place."""
        return fold(text) in self._surnames

    def countries(self, identity: str) -> tuple[str, ...]:
        """Where an actor is active."""
        actor = self._actors.get(identity)
        return actor.countries if actor else ()

    def homes(self, identities: Iterable[str]) -> frozenset[str]:
        """The countries in which any of these actors is active."""
        return frozenset(code for identity in identities for code in self.countries(identity))

    def has_office(self, identity: str) -> bool:
        """Whether all that a person is registered for is an office: named in reports of many cases."""
        actor = self._actors.get(identity)
        return actor is not None and bool(actor.roles) and all(map(_is_office, actor.roles))

    def above(self, identity: str, day: date | None = None) -> frozenset[str]:
        """The actors that this one belonged to or had merged into on a day (ever, without one)."""
        key = (identity, day)
        if key not in self._above:
            self._above[key] = frozenset(self._climb(identity, day))
        return self._above[key]

    def _climb(self, identity: str, day: date | None) -> Iterable[str]:
        seen: set[str] = set()
        waiting = [identity]
        while waiting:
            actor = self._actors.get(waiting.pop())
            for link in actor.relations if actor else ():
                in_time = day is None or (link.start or date.min) <= day <= (link.end or date.max)
                if link.kind != "split_from" and in_time and link.actor not in seen:
                    seen.add(link.actor)
                    waiting.append(link.actor)
        return seen

    def kinship(self, one: frozenset[str], other: frozenset[str], day: date | None = None) -> float:
        """How near two sets of groups are: 1 shared, .8 one above the other, .4 siblings or split from each
        other, .3 by a worldwide parent only, 0 strangers."""
        if one & other:
            return 1.0
        return max((self._pair(a, b, day) for a in one for b in other), default=0.0)

    def _pair(self, one: str, other: str, day: date | None) -> float:
        above_one, above_other = self.above(one, day), self.above(other, day)
        if other in above_one or one in above_other:
            higher = other if other in above_one else one
            return 0.8 if self.countries(higher) else 0.3
        if other in self._parents(one) or one in self._parents(other):
            return 0.4
        return 0.4 if any(self.countries(shared) for shared in above_one & above_other) else 0.0

    def _parents(self, identity: str) -> frozenset[str]:
        actor = self._actors.get(identity)
        return frozenset(link.actor for link in actor.relations) if actor else frozenset()


def _is_office(role: Role) -> bool:
    return not any(word in role.role.lower() for word in _NO_OFFICE)
