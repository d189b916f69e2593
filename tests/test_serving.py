"""The review room answers on an address that can be had, and says so where it cannot."""

import socket

import pytest

from nijar_nlp.errors import InputError
from nijar_nlp.site.serving import serve


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
