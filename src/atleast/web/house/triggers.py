"""What the database itself refuses, whoever asks: to change or delete what was noted of reads and sign-ins."""

from typing import Any

_REFUSAL = "the audit is append-only: what was noted is never changed"

_SQLITE = tuple(
    f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON house_audit BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for what in ("UPDATE", "DELETE")
)

_POSTGRESQL = (
    f"""CREATE FUNCTION audit_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '{_REFUSAL}'; END $$""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON house_audit
    FOR EACH ROW EXECUTE FUNCTION audit_no_change()""",
    """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON house_audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_no_change()""",
)


def make(apps: Any, schema_editor: Any) -> None:
    """Put the triggers into the database; called by the migration."""
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
