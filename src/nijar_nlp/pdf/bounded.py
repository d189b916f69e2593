"""A function call in a process of its own with limits on memory, processor and wall time."""

import atexit
import contextlib
import os
import pickle
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, ClassVar, TypeVar, cast

from nijar_nlp.errors import ReadingError

_R = TypeVar("_R")

_HEADER = struct.Struct("!cQ")  # what kind of message, and how many bytes follow
_CALLS_A_WORKER = 200  # then a fresh one: no leak of a library grows past this
_START_SECONDS = 60.0  # for the interpreter and the function's imports, outside the call's own limits
_READY, _PAGES, _DONE, _FAILED = b"r", b"p", b"d", b"f"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take. Time is granted by page once the call has said how many there are."""

    memory_mb: int = 3072
    cpu_seconds_per_page: float = 5.0
    wall_seconds: float = 30.0
    wall_seconds_per_page: float = 5.0

    def wall(self, n_pages: int) -> float:
        """Seconds on the clock for a document of so many pages."""
        return self.wall_seconds + self.wall_seconds_per_page * n_pages

    def cpu(self, n_pages: int) -> int:
        """Seconds of processor for a document of so many pages."""
        return int(self.wall_seconds + self.cpu_seconds_per_page * n_pages) + 1


def call(function: Callable[..., _R], *args: Any, limits: Limits = Limits()) -> _R:
    """The result of `function(*args)`, computed in a worker process.

    The function must be importable and its arguments and result picklable. Workers are kept between calls
    and replaced when they die. Works from any thread, and from any process. Raises ReadingError with the
    codes timed_out, out_of_memory or crashed, or the ReadingError of the function itself.
    """
    which = next((str(arg) for arg in args), function.__name__)
    worker = _Worker.idle()
    try:
        result = worker.run((function, args, limits), limits, which)
    except ReadingError as error:
        worker.release(healthy=error.code not in ("timed_out", "out_of_memory", "crashed"))
        raise
    except BaseException:
        worker.release(healthy=False)
        raise
    worker.release(healthy=True)
    return cast(_R, result)


def announce_pages(n_pages: int) -> None:
    """Inside a call: grant it the time of so many pages. Elsewhere nothing happens."""
    if _serving is not None:
        _serving.announce(n_pages)


def announce_progress(n_pages_left: int) -> None:
    """Inside a call: a page took its time and is done; grant the clock's time for those left anew.

    Processor time is granted once. A busy machine thus ends no scan, and a page that hangs is still ended.
    """
    if _serving is not None:
        _serving.progress(n_pages_left)


class _Worker:
    """The parent's end of one worker process."""

    _pool: ClassVar[list["_Worker"]] = []
    _lock = threading.Lock()

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "nijar_nlp.pdf.bounded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        self._owner = os.getpid()
        self._calls = 0

    @classmethod
    def idle(cls) -> "_Worker":
        """A waiting worker of this process, or a new one."""
        with cls._lock:
            while cls._pool:
                worker = cls._pool.pop()
                if worker._owner == os.getpid() and worker._process.poll() is None:
                    return worker
        return cls()

    def release(self, *, healthy: bool) -> None:
        """Back to the pool, or ended."""
        if healthy and self._calls < _CALLS_A_WORKER:
            with self._lock:
                self._pool.append(self)
        else:
            self.end()

    def end(self) -> None:
        """End the process and free its pipes."""
        if self._owner != os.getpid():
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def run(self, task: tuple[Any, ...], limits: Limits, which: str) -> Any:
        """Send one call and wait for its result within the limits."""
        self._calls += 1
        try:
            _send(self._process.stdin, _DONE, pickle.dumps(task))
        except OSError as error:
            raise _crashed(which, self._process.wait()) from error
        deadline = time.monotonic() + _START_SECONDS
        while True:
            kind, payload = self._receive(deadline, which)
            if kind == _READY:
                deadline = time.monotonic() + limits.wall(1)
            elif kind == _PAGES:
                deadline = time.monotonic() + limits.wall(pickle.loads(payload))  # noqa: S301 - our own worker
            elif kind == _DONE:
                return pickle.loads(payload)  # noqa: S301 - our own worker
            else:
                raise ReadingError(*pickle.loads(payload))  # noqa: S301 - our own worker

    def _receive(self, deadline: float, which: str) -> tuple[bytes, bytes]:
        header = self._bytes(_HEADER.size, deadline, which)
        kind, length = _HEADER.unpack(header)
        return kind, self._bytes(length, deadline, which)

    def _bytes(self, length: int, deadline: float, which: str) -> bytes:
        stream = self._process.stdout
        if stream is None:
            raise _crashed(which, 0)
        chunks: list[bytes] = []
        while length > 0:
            left = deadline - time.monotonic()
            if left <= 0 or not _readable(stream, left):
                raise _timed_out(which)
            chunk = os.read(stream.fileno(), min(length, 1 << 20))
            if not chunk:
                raise _crashed(which, self._process.wait())
            chunks.append(chunk)
            length -= len(chunk)
        return b"".join(chunks)


def _readable(stream: IO[bytes], seconds: float) -> bool:
    poller = select.poll()
    poller.register(stream, select.POLLIN | select.POLLHUP)
    return bool(poller.poll(max(1.0, seconds * 1000)))


def _send(stream: IO[bytes] | None, kind: bytes, payload: bytes) -> None:
    if stream is not None:
        stream.write(_HEADER.pack(kind, len(payload)) + payload)
        stream.flush()


def _timed_out(which: str) -> ReadingError:
    return ReadingError(
        "timed_out",
        which,
        "It took longer than its pages are granted.",
        "Raise extraction.wall_seconds and cpu_seconds_per_page, or take the file out.",
    )


def _out_of_memory(which: str) -> ReadingError:
    return ReadingError(
        "out_of_memory",
        which,
        "It took more memory than one reading process is granted.",
        "Raise extraction.memory_mb, or take the file out.",
    )


def _crashed(which: str, status: int) -> ReadingError:
    if status == -signal.SIGXCPU:
        return _timed_out(which)
    if status == -signal.SIGKILL:
        return _out_of_memory(which)
    return ReadingError(
        "crashed",
        which,
        f"The reading process ended with status {status}.",
        "Try again after an upgrade of pypdfium2; the other documents are not affected.",
    )


@atexit.register
def _end_idle_workers() -> None:
    while _Worker._pool:
        _Worker._pool.pop().end()


class _Service:
    """The worker's end: calls come in, results go out."""

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._in, self._out = incoming, outgoing
        self._limits = Limits()

    def announce(self, n_pages: int) -> None:
        """Raise the processor limit for so many pages, and tell the parent."""
        _limit_cpu(self._limits.cpu(n_pages))
        _send(self._out, _PAGES, pickle.dumps(n_pages))

    def progress(self, n_pages_left: int) -> None:
        """Tell the parent how many pages are left."""
        _send(self._out, _PAGES, pickle.dumps(n_pages_left))

    def serve(self) -> None:
        """Answer calls until the parent closes the pipe."""
        while header := self._in.read(_HEADER.size):
            _, length = _HEADER.unpack(header)
            _send(self._out, *self._answer(self._in.read(length)))

    def _answer(self, payload: bytes) -> tuple[bytes, bytes]:
        which = "the call"
        try:
            function, args, self._limits = pickle.loads(payload)  # noqa: S301 - our own parent
            which = str(args[0]) if args else function.__name__
            _limit_memory(self._limits.memory_mb)
            _limit_cpu(self._limits.cpu(1))
            _send(self._out, _READY, b"")
            return _DONE, pickle.dumps(function(*args), pickle.HIGHEST_PROTOCOL)
        except ReadingError as error:
            return _failed(error)
        except MemoryError:
            return _failed(_out_of_memory(which))
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            return _failed(ReadingError("crashed", which, f"{reason}.", "Report it with the file's kind."))


def _failed(error: ReadingError) -> tuple[bytes, bytes]:
    return _FAILED, pickle.dumps((error.code, error.which, error.rule, error.remedy))


def _limit_memory(megabytes: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes << 20
    resource.setrlimit(
        resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
    )


def _limit_cpu(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(
        resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
    )


_serving: _Service | None = None


def _main() -> None:
    """Serve on the standard streams; what libraries print goes to standard error."""
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from nijar_nlp.pdf import bounded

    bounded._serving = _Service(sys.stdin.buffer, outgoing)
    bounded._serving.serve()


if __name__ == "__main__":
    _main()
