"""No table has an order of its own."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0001_initial")]

    operations: ClassVar = [migrations.AlterModelOptions("entry", {})]
