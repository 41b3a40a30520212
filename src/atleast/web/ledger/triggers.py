"""What the database itself refuses, whoever asks: to change, delete or skip an entry of the ledger.

One change is let through: a body is erased or blackened, once a decision to redact stands in the same ledger.
"""

from typing import Any

_KEPT = ("id", "case_id", "number", "record", "name", "report", "what", "by", "at", "digest", "link")

_NO_CHANGE = "the ledger is append-only: an entry is never changed"
_NO_DELETE = "the ledger is append-only: an entry is never deleted"
_NO_GAP = "the ledger has no gaps: an entry follows the last one"

_DECIDED = """EXISTS (SELECT 1 FROM ledger_entry AS d WHERE d.case_id = OLD.case_id AND d.name = NEW.redacted
    AND d.record = 'decision' AND d.what = 'redact')"""


def _same(differs: str) -> str:
    return " OR ".join(f'NEW."{column}" {differs} OLD."{column}"' for column in _KEPT)


_SQLITE_NO_GAP = (
    f"""CREATE TRIGGER ledger_no_gap BEFORE INSERT ON ledger_entry
    WHEN NEW.number <> 1 AND NOT EXISTS (SELECT 1 FROM ledger_entry
        WHERE case_id = NEW.case_id AND number = NEW.number - 1)
    BEGIN SELECT RAISE(ABORT, '{_NO_GAP}'); END""",
)

# Once for all rows that are added together: asked row by row, a database that has not yet counted its rows goes through
# all of them each time. No number is there twice, so they are without a gap if there are as many as from first to last.
_POSTGRESQL_NO_GAP = (
    f"""CREATE OR REPLACE FUNCTION ledger_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE part record; BEGIN
    FOR part IN SELECT case_id, min(number) AS first, max(number) AS last, count(*) AS many FROM added GROUP BY case_id
    LOOP
        IF part.last - part.first + 1 <> part.many OR (part.first <> 1 AND NOT EXISTS (
            SELECT 1 FROM ledger_entry WHERE case_id = part.case_id AND number = part.first - 1))
        THEN RAISE EXCEPTION '{_NO_GAP}'; END IF;
    END LOOP; RETURN NULL; END $$""",
    """CREATE TRIGGER ledger_no_gap AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_no_gap()""",
)

_SQLITE = (
    f"""CREATE TRIGGER ledger_no_change BEFORE UPDATE ON ledger_entry
    WHEN {_same("IS NOT")} OR NEW.redacted IS NULL OR NEW.salt IS NOT NULL OR NOT {_DECIDED}
    BEGIN SELECT RAISE(ABORT, '{_NO_CHANGE}'); END""",
    f"""CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, '{_NO_DELETE}'); END""",
    *_SQLITE_NO_GAP,
)

_POSTGRESQL = (
    f"""CREATE FUNCTION ledger_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {_same("IS DISTINCT FROM")} OR NEW.redacted IS NULL OR NEW.salt IS NOT NULL OR NOT {_DECIDED}
    THEN RAISE EXCEPTION '{_NO_CHANGE}'; END IF; RETURN NEW; END $$""",
    f"""CREATE FUNCTION ledger_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '{_NO_DELETE}'; END $$""",
    """CREATE TRIGGER ledger_no_change BEFORE UPDATE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_no_change()""",
    """CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_no_delete()""",
    """CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_no_delete()""",
    *_POSTGRESQL_NO_GAP,
)


def make(apps: Any, schema_editor: Any) -> None:
    """Put the triggers into the database; called by the migration."""
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[vendor]:
        schema_editor.execute(statement)


def renew(apps: Any, schema_editor: Any) -> None:
    """Put the trigger against gaps anew into a database that has an earlier one; called by the migration."""
    drop = {"sqlite": "DROP TRIGGER ledger_no_gap", "postgresql": "DROP TRIGGER ledger_no_gap ON ledger_entry"}
    vendor = schema_editor.connection.vendor
    for statement in (drop[vendor], *{"sqlite": _SQLITE_NO_GAP, "postgresql": _POSTGRESQL_NO_GAP}[vendor]):
        schema_editor.execute(statement)
