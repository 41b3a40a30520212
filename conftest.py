"""Django made ready on a folder of its own, before any module of the desk is imported.

ATLEAST_TEST_DATABASE=postgresql runs the tests of the desk on a PostgreSQL server that is started for them.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="atleast-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

os.environ["ATLEAST_DATA"] = str(_FOLDER / "desk")
os.environ.pop("DATABASE_URL", None)
if os.environ.get("ATLEAST_TEST_DATABASE") == "postgresql":
    from tests.web.postgres import started

    os.environ["DATABASE_URL"] = started()

from atleast.web.serving import set_up  # noqa: E402

# The application, which is made when its module is looked into for examples, asks for what it serves.
set_up().served.mkdir()
