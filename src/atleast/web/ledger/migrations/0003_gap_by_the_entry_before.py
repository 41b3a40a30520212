"""An entry follows the last one: found out by the entry before it."""

from typing import ClassVar

from django.db import migrations

from atleast.web.ledger import triggers


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0002_no_order")]

    operations: ClassVar = [migrations.RunPython(triggers.renew, migrations.RunPython.noop)]
