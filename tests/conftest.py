"""The same ground under every test: a patient Hypothesis, English words, eighty columns."""

import os

from hypothesis import HealthCheck, settings

# A busy machine is not a bug: no deadline. The same draws on every run of CI, so that it fails for a reason.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("patient"), derandomize=True, max_examples=60)
settings.register_profile("quick", settings.get_profile("patient"), max_examples=25)
settings.load_profile("quick" if os.environ.get("QUICK") else "ci" if os.environ.get("CI") else "patient")

for name in ("COLUMNS", "LANG", "LANGUAGE", "LC_MESSAGES"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"
