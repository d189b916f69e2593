"""The review room says what it cannot have: an address, a place for its key or its database."""

import socket
from pathlib import Path

import pytest

from nijar_nlp.errors import ConfigError, InputError, StoreError
from nijar_nlp.site.secrets import secret_key
from nijar_nlp.site.serving import serve
from nijar_nlp.store.connection import database_settings


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"127.0.0.1:{port}.*--port"):
            serve("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99_999_999), ("127.0.0.1", -1), ("192.0.2.1", 0)])
def test_an_address_of_no_use_is_told(host: str, port: int) -> None:
    with pytest.raises(InputError, match=f"{host}:{port}"):
        serve(host, port)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"review\.folder"):
        secret_key(tmp_path / "var" / "review")
    with pytest.raises(StoreError, match="--database"):
        database_settings(f"sqlite:///{tmp_path}/var/nijar.sqlite3")
