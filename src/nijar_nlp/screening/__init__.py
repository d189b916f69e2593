"""Records with yes or no into an order of reading, when to stop, and what was missed."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
