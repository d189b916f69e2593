"""Grouping beside a writer in PostgreSQL, where neither sees the other's rows before they are committed."""

import threading

import pytest
from django.db import connections, transaction

from nijar_nlp.store import grouped
from nijar_nlp.store.connection import connect, disconnect, migrate
from tests import postgres


@pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL's server is not installed")
def test_grouping_waits_for_who_is_changing_evidence() -> None:
    inside, commit = threading.Event(), threading.Event()

    def change(address: str) -> None:
        connect(address)
        with transaction.atomic():
            grouped.lapse()
            inside.set()
            commit.wait()
        connections.close_all()

    with postgres.served() as server:
        connect(server.address)
        migrate()
        writer = threading.Thread(target=change, args=[server.address])
        writer.start()
        inside.wait()
        threading.Timer(0.5, commit.set).start()
        begun = grouped.begin("basis")
        assert commit.is_set()  # what is read from now on holds the writer's rows
        writer.join()
        grouped.finish(begun)
        assert grouped.stands("basis")
        disconnect()
