"""Texts into tags with calibrated probabilities and reasons.

What there is stands in `__init__.pyi`; a part is imported when it is first asked for.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
