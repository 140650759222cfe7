"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("obskit", deadline=None)  # speed is measured in tests/bench, not here
settings.register_profile("ci", deadline=None, derandomize=True, database=None)  # a change is judged by what it changes, not by luck
settings.load_profile("ci" if os.environ.get("CI") else "obskit")
