"""pdfium's functions, called with plain addresses."""

import ctypes
from typing import Any


def plain(function: Any, result: Any, *arguments: Any) -> Any:
    """A pdfium function called with plain addresses: half the price of ctypes' checked pointers."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)
