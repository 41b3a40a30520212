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


_SQLITE = (
    f"""CREATE TRIGGER ledger_no_change BEFORE UPDATE ON ledger_entry
    WHEN {_same("IS NOT")} OR NEW.redacted IS NULL OR NEW.salt IS NOT NULL OR NOT {_DECIDED}
    BEGIN SELECT RAISE(ABORT, '{_NO_CHANGE}'); END""",
    f"""CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, '{_NO_DELETE}'); END""",
    f"""CREATE TRIGGER ledger_no_gap BEFORE INSERT ON ledger_entry
    WHEN NEW.number IS NOT 1 + coalesce((SELECT max(number) FROM ledger_entry WHERE case_id = NEW.case_id), 0)
    BEGIN SELECT RAISE(ABORT, '{_NO_GAP}'); END""",
)

_POSTGRESQL = (
    f"""CREATE FUNCTION ledger_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {_same("IS DISTINCT FROM")} OR NEW.redacted IS NULL OR NEW.salt IS NOT NULL OR NOT {_DECIDED}
    THEN RAISE EXCEPTION '{_NO_CHANGE}'; END IF; RETURN NEW; END $$""",
    f"""CREATE FUNCTION ledger_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '{_NO_DELETE}'; END $$""",
    f"""CREATE FUNCTION ledger_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.number IS DISTINCT FROM
        1 + coalesce((SELECT max(number) FROM ledger_entry WHERE case_id = NEW.case_id), 0)
    THEN RAISE EXCEPTION '{_NO_GAP}'; END IF; RETURN NEW; END $$""",
    """CREATE TRIGGER ledger_no_change BEFORE UPDATE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_no_change()""",
    """CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_no_delete()""",
    """CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_no_delete()""",
    """CREATE TRIGGER ledger_no_gap BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_no_gap()""",
)


def make(apps: Any, schema_editor: Any) -> None:
    """Put the triggers into the database; called by the migration."""
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[vendor]:
        schema_editor.execute(statement)
