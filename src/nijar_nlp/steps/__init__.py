"""One idempotent step per function: read the store, call a stage, write the store.

What there is stands in `__init__.pyi`. A step's module is imported when it is first asked for, so that a
command pays for its own parts alone.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
