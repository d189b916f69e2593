"""Tables of what people do: decisions, cases, views, assignments, reads."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from nijar_nlp.records import (
    AUDIT_ACTIONS,
    DECISION_KINDS,
    READINGS,
    ROLES,
    STATES,
    SUBJECT_KINDS,
)


def _user(related_name: str, **options: Any) -> models.ForeignKey[Any, Any]:
    """A link to an account that keeps the account: who did something stays known."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name=related_name, **options
    )


class Person(models.Model):
    """What an account may do, and the language of its pages."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="person")
    role = models.CharField(max_length=16)
    language = models.CharField(max_length=8, default="en")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(role__in=ROLES), name="role_known")]

    def __str__(self) -> str:
        return f"{self.user_id} ({self.role})"


class Decision(models.Model):
    """One human act. Rows are only ever added: a trigger of the database refuses changes."""

    token = models.CharField(max_length=36, unique=True)
    made_at = models.DateTimeField(db_index=True)
    by = _user("decisions")
    kind = models.CharField(max_length=16)
    subject_kind = models.CharField(max_length=16)
    subject_id = models.CharField(max_length=64)
    part = models.CharField(max_length=64, blank=True)
    value = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    model = models.CharField(max_length=64, blank=True)
    codebook = models.CharField(max_length=32, blank=True)
    until = models.DateField(null=True)
    round = models.CharField(max_length=64, blank=True)
    reading = models.CharField(max_length=16, default="open")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "id"], name="decision_subject"),
            models.Index(fields=["by", "id"], name="decision_person"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=DECISION_KINDS), name="decision_kind_known"),
            models.CheckConstraint(condition=Q(subject_kind__in=SUBJECT_KINDS), name="subject_kind_known"),
            models.CheckConstraint(condition=Q(reading__in=READINGS), name="reading_known"),
            models.CheckConstraint(
                condition=Q(kind="undo", undoes__isnull=False) | (~Q(kind="undo") & Q(undoes__isnull=True)),
                name="undo_names_what_it_undoes",
            ),
            models.CheckConstraint(
                condition=Q(kind="unsure", until__isnull=False) | (~Q(kind="unsure") & Q(until__isnull=True)),
                name="unsure_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(reading="open", round="") | (~Q(reading="open") & ~Q(round="")),
                name="round_is_not_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.subject_kind} {self.subject_id}"


class Standing(models.Model):
    """Where a candidate stands, computed from its decisions; a row that is lost is computed again."""

    candidate_id = models.CharField(primary_key=True, max_length=20)
    state = models.CharField(max_length=16, db_index=True)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=150, blank=True)
    target = models.CharField(max_length=64, blank=True, db_index=True)
    until = models.DateField(null=True)
    contested = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(state__in=STATES), name="state_known")]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.state}"


class Case(models.Model):
    """What an analyst accepted; its record is the latest revision."""

    id = models.CharField(primary_key=True, max_length=32)
    candidate_id = models.CharField(max_length=20, db_index=True)
    withdrawn = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.id


class CaseRevision(models.Model):
    """One state of a case's record. Rows are only ever added."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    made_at = models.DateTimeField()
    by = _user("case_revisions")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="case_revisions")
    schema = models.CharField(max_length=32)
    values = models.JSONField()
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_count_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}, revision {self.number}"


class SavedView(models.Model):
    """A named filter of the queue."""

    owner = _user("saved_views")
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """That a person is to read a candidate in a double coding round."""

    round = models.CharField(max_length=64)
    candidate_id = models.CharField(max_length=20, db_index=True)
    reader = _user("assignments")
    reading = models.CharField(max_length=16, default="blind")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "candidate_id", "reader"], name="assigned_once"),
            models.CheckConstraint(
                condition=Q(reading__in=("blind", "adjudication")), name="assignment_is_of_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.candidate_id}"


class Collection(models.Model):
    """Documents kept together; where restricted, only its members see them."""

    name = models.CharField(max_length=80, unique=True)
    restricted = models.BooleanField(default=False)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="collections")

    def __str__(self) -> str:
        return self.name


class CollectionDocument(models.Model):
    """That a document is in a collection; it stays so when the file is read again."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="documents")
    document_id = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["collection", "document_id"], name="in_collection_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id[:12]} in {self.collection_id}"


class AuditEntry(models.Model):
    """That somebody read or took out something, or was refused it. Rows are only ever added."""

    at = models.DateTimeField(db_index=True)
    by = _user("audit_entries")
    action = models.CharField(max_length=16)
    what = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(action__in=AUDIT_ACTIONS), name="audit_action_known"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.what} {self.subject_id}"
