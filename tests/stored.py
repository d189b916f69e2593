"""Small documents put into the store as a run would leave them."""

from nijar_nlp.store import models


def passage_id(number: int, place: int) -> str:
    return f"{number:010d}{place:010d}"


def stored(number: int, *, tagged: int, group: str, language: str = "en") -> str:
    """A document of ten passages in the store, some of them tagged, one that names a group; its id."""
    identity = f"{number:064d}"
    document = models.Document.objects.create(
        id=identity,
        file=f"{number}.pdf",
        n_bytes=1,
        n_pages=1,
        kind="report",
        outlet="A",
        language=language,
        published={"start": "2020-01-05", "end": "2020-01-05", "precision": "day"},
    )
    models.Stage.objects.create(document=document, name="tag", version="1", seconds=0.0)
    for place in range(10):
        passage = models.Passage.objects.create(
            id=passage_id(number, place),
            document=document,
            number=place,
            kind="body",
            language=language,
            text=f"Talks {number} with {group} at place {place}.",
            parts=[[1, 0, 5]],
            boxes=[],
            page_number=1,
        )
        if place < tagged:
            models.Tag.objects.create(
                passage=passage, label="dialogue", probability=0.9 - place / 100, chosen=True, model="1"
            )
        if place == 1:
            record = {"start": 0, "end": len(group), "text": group, "type": "ARMED_GROUP"}
            models.Mention.objects.create(passage=passage, type="ARMED_GROUP", record=record)
    return identity
