"""No table has an order of its own; and a piece that was not changed is kept as it is sealed in the ledger."""

from typing import Any, ClassVar

from django.db import migrations, models

_AT_ONCE = 2_000


def _sealed_as_in_ledger(apps: Any, schema_editor: Any) -> None:
    from atleast.web.ledger.writing import sealed_as
    from atleast.web.vault import vault

    pieces = apps.get_model("shelf", "Piece").objects
    last = 0
    while some := list(pieces.filter(pk__gt=last).order_by("pk").only("name", "body")[:_AT_ONCE]):
        for piece in some:
            piece.body = vault().seal(vault().unseal(piece.body, of=f"piece {piece.name}"), of=sealed_as(piece.name))
        pieces.bulk_update(some, ["body"], batch_size=200)
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies: ClassVar = [("shelf", "0002_piece_number")]

    operations: ClassVar = [
        migrations.AlterModelOptions("judgement", {}),
        migrations.AlterModelOptions("piece", {}),
        migrations.AlterModelOptions("source", {}),
        migrations.AddIndex("source", models.Index(fields=["case", "number"], name="shelf_source_number")),
        migrations.AddIndex(
            "source",
            models.Index(fields=["case", "number"], name="shelf_source_left", condition=models.Q(left__gt=0)),
        ),
        migrations.RunPython(_sealed_as_in_ledger, migrations.RunPython.noop),
    ]
