"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("obskit", deadline=None)  # speed is measured in tests/bench, not here
settings.load_profile("obskit")
