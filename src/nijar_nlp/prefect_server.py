"""A Prefect server of this process's own: begun early, awaited when it is needed, ended with the process.

`python -m nijar_nlp.prefect_server MODULE ARGUMENTS` runs a server's module until its standard input ends.
"""

import atexit
import contextlib
import os
import runpy
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from nijar_nlp.errors import ConfigError

_START_SECONDS = 180.0
_END_SECONDS = 20.0
_GRACE_SECONDS = 5.0
_ANSWER_SECONDS = 30.0
# What Prefect gives the server that it starts itself; blocks, which nothing here uses, are left out.
_TEMPORARY = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
}
_APP = "prefect.server.api.server:create_app"


def begin() -> Callable[[], None]:
    """Begin a temporary server on the loopback interface; what is returned waits until it answers.

    It starts while the caller imports what it needs, and spares it the server's own imports. PREFECT_API_URL
    names it to this process and to those that it starts, so that no worker begins one of its own. Begun
    before Prefect is imported, it ends after whatever Prefect has to tell it at the end of the process; it
    ends too where this process is killed, and an interrupt from the keyboard is not its own.
    """
    port = _free_port()
    quietly = ["--log-level", "error", "--lifespan", "on"]
    process = _begun("uvicorn", ["--factory", _APP, *quietly], port, _TEMPORARY)
    url = f"http://127.0.0.1:{port}/api"
    tell(url)
    return lambda: wait(process, url)


def begin_lasting(port: int) -> "subprocess.Popen[bytes]":
    """Begin a server with its database, its page and its clock, which ends as one of `begin` does."""
    return _begun("prefect", ["server", "start"], port, {})


def tell(url: str) -> None:
    """Name a server of this machine to this process and those that it starts; no proxy stands before it."""
    os.environ["PREFECT_API_URL"] = url
    spared = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    host = urlsplit(url).hostname or ""
    if spared != "*" and host not in spared.split(","):
        os.environ["no_proxy"] = f"{spared},{host}".lstrip(",")


def wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    """Wait until a server's API answers; ConfigError where it ends before, or takes too long."""
    deadline = time.monotonic() + _START_SECONDS
    ours = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline and process.poll() is None:
        health = f"{url}/health"
        with contextlib.suppress(urllib.error.URLError, OSError), ours.open(health, timeout=5):
            return
        time.sleep(0.1)
    raise ConfigError(
        "Prefect's server was not started",
        url,
        f"It must answer within {_START_SECONDS:.0f} s.",
        "Run with --debug, or name one that runs in PREFECT_API_URL.",
    )


def must_answer() -> None:
    """ConfigError where the server that PREFECT_API_URL names, if any, does not answer.

    What it asks of who speaks to it, and whose certificate it shows, is between Prefect and it.
    """
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        return
    try:
        urllib.request.urlopen(f"{url}/health", timeout=_ANSWER_SECONDS).close()  # noqa: S310 - Prefect's
    except urllib.error.HTTPError:
        return
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        if not isinstance(reason, ssl.SSLError):
            raise ConfigError(
                "Prefect's server does not answer",
                url,
                f"PREFECT_API_URL names it ({reason}).",
                "Start it, mend the address, or unset PREFECT_API_URL.",
            ) from error


def is_here(address: str) -> bool:
    """Whether an address ([tcp://]HOST:PORT) is this machine's own: processes there reach our loopback."""
    return urlsplit(address if "://" in address else f"//{address}").hostname in (
        "127.0.0.1",
        "localhost",
        "::1",
    )


def _begun(
    module: str, arguments: list[str], port: int, settings: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """A server's module on the loopback interface, out of the keyboard's reach."""
    where = ["--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603 - Prefect's own server
        [sys.executable, "-m", __name__, module, *arguments, *where],
        env={**os.environ, **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    atexit.register(_end, process)
    return process


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a server, by force where it takes longer."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_END_SECONDS)
    process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> None:
    """End this process once the one that began it is no more, however it ended: its pipe is closed then."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    signal.raise_signal(signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
