"""One idempotent step per function: read the store, call a stage, write the store.

What there is stands in `__init__.pyi`. A step's module is imported when it is first asked for, so that a
command pays for its own parts alone. No module here bears the name of a step: lazy_loader would then make of
the package a kind of object that cannot be sent to a worker.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
