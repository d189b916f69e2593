"""The shape of the entries of corpus/, one model an entry, each turned into its record."""

import calendar
import re
from datetime import date
from typing import Annotated, Literal

import pycountry
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from nijar_nlp.records import (
    LANGUAGES,
    RELATION_KINDS,
    TAGS,
    Actor,
    Codebook,
    HardCase,
    KnownCase,
    LabelledPassage,
    PlaceEntry,
    Relation,
    Role,
    Ruling,
    TagRule,
)

# The languages that people read the codebook in.
Language = Literal["en", "fr"]

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_MAX_YEAR = 2100


class RuleError(ValueError):
    """A value breaks a rule of the format; carries the rule and the remedy to the reader of the file."""

    def __init__(self, rule: str, remedy: str) -> None:
        self.rule, self.remedy = rule, remedy
        super().__init__(f"{rule} {remedy}")


def _checked_country(code: str) -> str:
    if pycountry.countries.get(alpha_3=code) is None:
        raise RuleError("A country is an ISO 3166-1 alpha-3 code.", "Write MLI for Mali, for example.")
    return code


def days_of(text: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day; RuleError where it is none."""
    found = _DATE.fullmatch(text)
    try:
        if found is None or int(found[1]) > _MAX_YEAR:
            raise ValueError(text)
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        return first, date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    except ValueError:
        raise RuleError(
            "A date is a year, a month or a day that exists.", "Write 2012, 2012-03 or 2012-03-14."
        ) from None


def _checked_date(text: str) -> str:
    days_of(text)
    return text


def _checked_tag(tag: str) -> str:
    if tag not in TAGS:
        raise RuleError("A tag is one of " + ", ".join(TAGS) + ".", "Correct its spelling.")
    return tag


Text = Annotated[str, Field(min_length=1)]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Country = Annotated[str, AfterValidator(_checked_country)]
When = Annotated[str, AfterValidator(_checked_date)]
TagName = Annotated[str, AfterValidator(_checked_tag)]


class FormBase(BaseModel):
    """What a file of the corpus says in one place: no unknown key, texts without space at their ends."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Aliases(FormBase):
    """Names by language."""

    en: tuple[Text, ...] = ()
    fr: tuple[Text, ...] = ()
    ar: tuple[Text, ...] = ()

    def by_language(self) -> dict[str, tuple[str, ...]]:
        """The languages that have names, each with its names in order."""
        return {code: names for code in LANGUAGES if (names := getattr(self, code))}

    def all(self) -> tuple[str, ...]:
        """The names of all languages, in order."""
        return (*self.en, *self.fr, *self.ar)


class Span(FormBase):
    """From one day to another, each open where it is not given."""

    from_: When | None = Field(default=None, alias="from")
    to: When | None = None

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day; None where open."""
        start = days_of(self.from_)[0] if self.from_ else None
        end = days_of(self.to)[1] if self.to else None
        if start and end and end < start:
            raise RuleError("The end is not before the start.", "Swap or correct the two dates.")
        return start, end


class RelationForm(Span):
    """An actor to whom another belongs, and when."""

    actor: Identifier


class RoleForm(RelationForm):
    """What a person is to an actor, and when."""

    role: Text


class Ids(FormBase):
    """Identifiers in other registers."""

    ucdp: Text | None = None
    acled: Text | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q\d+$")] | None = None


class ActorForm(FormBase):
    """An entry of actors.yaml."""

    id: Identifier
    name: Text
    type: Literal["armed_group", "person", "state", "state_body", "mediator", "organisation", "community"]
    countries: tuple[Country, ...] = ()
    active: Span = Span()
    aliases: Aliases = Aliases()
    part_of: tuple[RelationForm, ...] = ()
    merged_into: tuple[RelationForm, ...] = ()
    split_from: tuple[RelationForm, ...] = ()
    roles: tuple[RoleForm, ...] = ()
    mediator: bool = False
    ids: Ids = Ids()
    namesakes: tuple[Identifier, ...] = ()
    source: Text

    def record(self) -> Actor:
        """The entry as a record."""
        start, end = self.active.days()
        relations = tuple(
            Relation(kind, form.actor, *form.days())
            for kind in RELATION_KINDS
            for form in getattr(self, kind)
        )
        return Actor(
            id=self.id,
            name=self.name,
            type=self.type,
            aliases=self.aliases.by_language(),
            countries=self.countries,
            start=start,
            end=end,
            mediator=self.mediator,
            relations=relations,
            roles=tuple(Role(form.actor, form.role, *form.days()) for form in self.roles),
            ids=self.ids.model_dump(exclude_none=True),
            source=self.source,
        )


class PlaceForm(FormBase):
    """An entry of a places file: a point in degrees (WGS 84)."""

    name: Text
    country: Country
    also_in: tuple[Country, ...] = ()
    admin1: str = ""
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    precision: Literal["exact", "near", "admin"]
    kind: Text
    aliases: Aliases = Aliases()
    source: Text

    @property
    def id(self) -> str:
        """Country, first-level area and name: what tells two places apart."""
        return "/".join(part for part in (self.country, self.admin1, self.name) if part)

    def record(self) -> PlaceEntry:
        """The entry as a record."""
        values = self.model_dump(exclude={"aliases"})
        return PlaceEntry(id=self.id, aliases=self.aliases.by_language(), **values)


class CaseForm(FormBase):
    """An entry of known_cases.yaml."""

    id: Identifier
    title: Text
    kind: Text
    tags: Annotated[tuple[TagName, ...], Field(min_length=1)]
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    places: tuple[Text, ...] = ()
    start: When
    end: When
    armed_groups: tuple[Identifier, ...] = ()
    counterparts: tuple[Identifier, ...] = ()
    mediators: tuple[Identifier, ...] = ()
    persons: tuple[Identifier, ...] = ()
    summary: Text
    outcome: Text
    terms: Aliases = Aliases()
    completed: tuple[str, ...] = ()

    def record(self) -> KnownCase:
        """The entry as a record."""
        if unknown := sorted(set(self.completed) - set(type(self).model_fields)):
            raise RuleError(
                f"`completed` names keys of the entry; {', '.join(unknown)} is none.", "Correct its spelling."
            )
        start, end = Span.model_validate({"from": self.start, "to": self.end}).days()
        assert start is not None and end is not None  # noqa: S101 - both keys are required
        values = self.model_dump(exclude={"start", "end", "terms"})
        return KnownCase(start=start, end=end, terms=self.terms.all(), **values)


class WordedForm(FormBase):
    """A text by language; none may be missing, as people read it in theirs."""

    en: Text
    fr: Text

    def said(self, language: Language) -> str:
        """The text in a language."""
        return self.fr if language == "fr" else self.en


class TagForm(FormBase):
    """A tag of the codebook: its definition, and what counts and what does not."""

    definition: WordedForm
    include: Annotated[tuple[WordedForm, ...], Field(min_length=1)]
    exclude: Annotated[tuple[WordedForm, ...], Field(min_length=1)]

    def rule(self, language: Language) -> TagRule:
        """What the tag means, in a language."""
        counts, not_ = (tuple(one.said(language) for one in some) for some in (self.include, self.exclude))
        return TagRule(self.definition.said(language), counts, not_)


class HardCaseForm(FormBase):
    """A passage on which readers differ, with the tags that it has."""

    passage: WordedForm
    tags: tuple[TagName, ...]
    note: WordedForm | None = None

    def case(self, language: Language) -> HardCase:
        """The hard case in a language."""
        return HardCase(self.passage.said(language), self.tags, self.note.said(language) if self.note else "")


class RulingForm(FormBase):
    """A numbered ruling of the codebook."""

    number: Annotated[int, Field(ge=1)]
    title: WordedForm
    text: WordedForm


class CodebookForm(FormBase):
    """The codebook."""

    version: Text
    scope: tuple[WordedForm, ...]
    tags: dict[TagName, TagForm]
    hard_cases: tuple[HardCaseForm, ...]
    rulings: tuple[RulingForm, ...]

    def record(self, language: Language) -> Codebook:
        """The codebook in a language, once every tag is defined and the rulings count from 1."""
        if missing := [tag for tag in TAGS if tag not in self.tags]:
            raise RuleError(f"Every tag has its definition; {missing[0]} has none.", "Add it under `tags`.")
        if [ruling.number for ruling in self.rulings] != list(range(1, len(self.rulings) + 1)):
            raise RuleError("Rulings are numbered 1, 2, 3 and so on.", "Number them in their order.")
        return Codebook(
            version=self.version,
            scope=tuple(line.said(language) for line in self.scope),
            tags={tag: form.rule(language) for tag, form in self.tags.items()},
            hard_cases=tuple(case.case(language) for case in self.hard_cases),
            rulings=tuple(
                Ruling(one.number, one.title.said(language), one.text.said(language)) for one in self.rulings
            ),
        )


class LabelledForm(FormBase):
    """A labelled passage: one line of a JSON Lines file."""

    id: Identifier
    language: Literal["en", "fr", "ar"]
    tags: tuple[TagName, ...]
    register_: str = Field(default="", alias="register")
    rule: str = ""
    pair: str | None = None
    text: Text

    def record(self) -> LabelledPassage:
        """The line as a record."""
        return LabelledPassage(
            id=self.id,
            language=self.language,
            text=self.text,
            tags=self.tags,
            register=self.register_,
            rule=self.rule,
            pair=self.pair,
        )
