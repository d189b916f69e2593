"""Reads the files of corpus/ into records, refusing every entry that breaks a rule."""

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from nijar_nlp.corpus.forms import (
    ActorForm,
    CaseForm,
    CodebookForm,
    FormBase,
    LabelledForm,
    Language,
    PlaceForm,
    RuleError,
)
from nijar_nlp.errors import CorpusError, rule_of
from nijar_nlp.records import Actor, Codebook, CorpusFile, KnownCase, LabelledPassage, PlaceEntry
from nijar_nlp.tenures import meet, spans
from nijar_nlp.unique_keys import UniqueKeys

_RULES = {
    "extra_forbidden": ("The format has no such key.", "Correct its spelling or remove it."),
    "missing": ("The format requires this key.", "Add it."),
    "model_type": ("An entry is a mapping of keys to values.", "Write its keys."),
    "dict_type": ("An entry is a mapping of keys to values.", "Write its keys."),
    "tuple_type": ("A list is expected.", "Write it in brackets, or a line each with a dash."),
    "too_short": ("The list is not empty.", "Add what belongs there."),
    "string_too_short": ("The text is not empty.", "Fill it in, or leave the key out."),
    "bool_parsing": ("It is true or false.", "Write one of these."),
    "string_pattern_mismatch": ("A character is not allowed here.", "Use letters, digits, - and _."),
}
_ARABIC_LETTERS = str.maketrans("أإآٱىةک", "اااايهك", "\u0640")


class _Loader(UniqueKeys, yaml.CBaseLoader):
    """Reads YAML with every plain value as text; no key may stand twice."""


Form = TypeVar("Form", bound=FormBase)
Record = TypeVar("Record")
Entry = TypeVar("Entry", ActorForm, PlaceForm, CaseForm)


def refusal(path: Path, entry: str, rule: str, remedy: str) -> CorpusError:
    """The error of an entry that breaks a rule."""
    return CorpusError("An entry of the corpus was refused", f"{path.name}, {entry}", rule, remedy)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            "A file of the corpus cannot be read", path, rule_of(error), "Restore the file as UTF-8 text."
        ) from error


def read_yaml(path: Path) -> dict[str, Any]:
    """The keys of a YAML file, every plain value as text; CorpusError where it cannot be read or has none."""
    try:
        data = yaml.load(_text(path), Loader=_Loader)  # noqa: S506 - every value is text
    except yaml.YAMLError as error:
        raise CorpusError(
            "A file of the corpus is not YAML", path, " ".join(str(error).split()) + ".", "Correct that line."
        ) from error
    if not isinstance(data, dict):
        raise CorpusError("A file of the corpus has no keys", path, "It is a mapping.", "Restore the file.")
    return data


def read_form(model: type[Form], data: object, path: Path, entry: str) -> Form:
    """The data in its form; CorpusError names the entry, the value and the first rule that is broken."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        broken = first.get("ctx", {}).get("error")
        if isinstance(broken, RuleError):
            rule, remedy = broken.rule, broken.remedy
        else:
            rule, remedy = _RULES.get(first["type"], (first["msg"] + ".", "Correct the value."))
        value = "" if first["type"] == "missing" else f" = {first['input']!r}"
        which = f"{entry}, {where}{value}" if where else f"{entry}{value}"
        raise refusal(path, which, rule, remedy) from error


def read_record(make: Callable[[], Record], path: Path, entry: str) -> Record:
    """What `make` gives; a RuleError becomes the CorpusError of the entry."""
    try:
        return make()
    except RuleError as error:
        raise refusal(path, entry, error.rule, error.remedy) from error


def _entries(path: Path, key: str, model: type[Entry]) -> list[Entry]:
    data = read_yaml(path)
    sources = data.get("sources", {})
    if unknown := sorted(set(data) - {"version", "sources", key}):
        raise refusal(path, f"key {unknown[0]}", *_RULES["extra_forbidden"])
    if not isinstance(data.get(key), list):
        raise refusal(path, f"key {key}", "It is a list of entries.", "Write a dash before each entry.")
    forms: dict[str, Entry] = {}
    for number, item in enumerate(data[key], start=1):
        name = item.get("id") or item.get("name") if isinstance(item, dict) else None
        form = read_form(model, item, path, f"entry {name or number}")
        if form.id in forms:
            raise refusal(path, f"entry {form.id}", "An entry's id is its own.", "Merge or rename one.")
        source = getattr(form, "source", None)
        if source is not None and source not in sources:
            which = f"entry {form.id}, source = {source!r}"
            raise refusal(path, which, "A source is a key of `sources`.", "Add it there.")
        forms[form.id] = form
    return list(forms.values())


def _alias_key(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC_LETTERS)
    kept = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", kept).split())


def _check_aliases(actors: Iterable[Actor], path: Path, namesakes: Mapping[str, Sequence[str]]) -> None:
    holders: dict[tuple[str, str], list[tuple[Actor, str]]] = defaultdict(list)
    for actor in actors:
        names = {actor.name, *(alias for names in actor.aliases.values() for alias in names)}
        for key, name in sorted({_alias_key(name): name for name in sorted(names)}.items()):
            for other, others_name in holders[actor.type, key]:
                if _are_namesakes(actor, other, namesakes):
                    continue
                if meet(spans(actor, name), spans(other, others_name)):
                    raise refusal(
                        path,
                        f"entry {actor.id}, alias {key!r} of entry {other.id}",
                        "Two actors of one type do not share an alias at one time.",
                        "Remove it from one, date the two, or name the other in `namesakes`.",
                    )
            holders[actor.type, key].append((actor, name))


def _are_namesakes(one: Actor, other: Actor, namesakes: Mapping[str, Sequence[str]]) -> bool:
    """Whether one entry says that it bears the other's name, and no country is of both."""
    said = other.id in namesakes.get(one.id, ()) or one.id in namesakes.get(other.id, ())
    apart = bool(one.countries and other.countries) and not set(one.countries) & set(other.countries)
    return said and apart


def _check_references(actors: Sequence[Actor], path: Path, namesakes: Mapping[str, Sequence[str]]) -> None:
    known = {actor.id for actor in actors}
    for actor in actors:
        links = [*(link.actor for link in actor.relations), *(role.actor for role in actor.roles)]
        for other in [*links, *namesakes.get(actor.id, ())]:
            if other not in known:
                raise _unknown_actor(path, actor.id, other)


def _unknown_actor(path: Path, entry: str, actor: str) -> CorpusError:
    which = f"entry {entry}, actor = {actor!r}"
    return refusal(path, which, "An actor is an id of actors.yaml.", "Add it or correct it.")


def _check_cycles(actors: Sequence[Actor], path: Path, kind: str) -> None:
    nexts = {actor.id: [link.actor for link in actor.relations if link.kind == kind] for actor in actors}
    for start in nexts:
        seen, waiting = set[str](), list(nexts[start])
        while waiting:
            at = waiting.pop()
            if at == start:
                which = f"entry {start}, {kind}"
                raise refusal(path, which, "No actor comes back to itself.", "Remove one of the links.")
            if at not in seen:
                seen.add(at)
                waiting.extend(nexts[at])


def load_actors(path: Path) -> tuple[Actor, ...]:
    """The register of actors, in the file's order. Raises CorpusError on the first broken rule."""
    forms = _entries(path, "actors", ActorForm)
    actors = tuple(read_record(form.record, path, f"entry {form.id}") for form in forms)
    namesakes = {form.id: form.namesakes for form in forms}
    _check_references(actors, path, namesakes)
    for kind in ("part_of", "merged_into"):
        _check_cycles(actors, path, kind)
    _check_aliases(actors, path, namesakes)
    return actors


def load_places(path: Path) -> tuple[PlaceEntry, ...]:
    """The register of places, in the file's order. Raises CorpusError on the first broken rule."""
    return tuple(form.record() for form in _entries(path, "places", PlaceForm))


def load_known_cases(path: Path, actors: Iterable[Actor]) -> tuple[KnownCase, ...]:
    """The known cases, whose parties are entries of `actors`. Raises CorpusError on the first broken rule."""
    types = {actor.id: actor.type for actor in actors}
    cases = tuple(
        read_record(form.record, path, f"entry {form.id}") for form in _entries(path, "cases", CaseForm)
    )
    for case in cases:
        for actor in (*case.armed_groups, *case.counterparts, *case.mediators, *case.persons):
            if actor not in types:
                raise _unknown_actor(path, case.id, actor)
        for slot, kind, identities in (
            ("armed_groups", "armed_group", case.armed_groups),
            ("persons", "person", case.persons),
        ):
            for actor in identities:
                if types[actor] != kind:
                    which = f"entry {case.id}, {slot}: {actor!r}"
                    rule = f"It is an actor of type {kind}; this one is of type {types[actor]}."
                    raise refusal(path, which, rule, "Move it to another key, or correct it.")
    return cases


def load_codebook(path: Path, language: Language = "en") -> Codebook:
    """The codebook in a language.

    Raises CorpusError where a tag is unknown or undefined, a ruling is misnumbered, or a text is missing in
    any language.
    """
    form = read_form(CodebookForm, read_yaml(path), path, "the codebook")
    return read_record(lambda: form.record(language), path, "the codebook")


def codebook_versions(path: Path) -> dict[str, dict[str, str]]:
    """By version and tag, the content ids of the definitions that versions of the codebook had.

    They lie beside it in codebook_versions.json; none where that is absent. Raises CorpusError.
    """
    file = path.with_name("codebook_versions.json")
    try:
        kept: dict[str, dict[str, str]] = json.loads(_text(file)) if file.is_file() else {}
    except ValueError as error:
        raise CorpusError(
            "A file of the corpus is not JSON", file, f"{error}.", "Restore the file."
        ) from error
    return kept


def _labelled_line(line: str, path: Path, number: int) -> LabelledPassage:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise refusal(path, f"line {number}", "A line is one JSON object.", "Correct the line.") from error
    return read_form(LabelledForm, data, path, f"line {number}").record()


def load_labelled(path: Path) -> tuple[LabelledPassage, ...]:
    """The labelled passages of a JSON Lines file, or of all in a folder by name. Raises CorpusError."""
    passages: dict[str, LabelledPassage] = {}
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        for number, line in enumerate(_text(file).split("\n"), start=1):
            if not line.strip():
                continue
            passage = _labelled_line(line, file, number)
            if passage.id in passages:
                which = f"line {number}, id = {passage.id!r}"
                raise refusal(file, which, "An id is its passage's own.", "Rename one.")
            passages[passage.id] = passage
    return tuple(passages.values())


def manifest(folder: Path) -> tuple[CorpusFile, ...]:
    """The corpus's files with their SHA-256, by path; the user's inbox is not part of the corpus."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.relative_to(folder).parts[0] != "inbox")
    return tuple(
        CorpusFile(p.relative_to(folder).as_posix(), hashlib.sha256(data).hexdigest(), len(data))
        for p in paths
        for data in (p.read_bytes(),)
    )
