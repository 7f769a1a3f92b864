"""Numbers given at COMMIT on PostgreSQL: the audit chain and the change feed, without gaps and in the order of commits.

Rows come in with a negative number. At COMMIT the server locks one head row, numbers them and chains the audit with
SHA-256 over the same canonical JSON as `canonical` writes. No lock is held while a client thinks.

An event carries the server's time, whatever clock the seat has; one that was more than a minute off is flagged (T3). With
a change's number the other seats are woken; the call carries nothing, what changed is read from the table.
"""

from __future__ import annotations

from sqlalchemy import Connection

from pulse_desktop.storage.postgres_presence import CHANNEL

SKEW = 60
"""Seconds a seat's clock may be off the server's."""

_HEAD = """
CREATE TABLE ledger_head (
    one BOOLEAN PRIMARY KEY DEFAULT true CHECK (one),
    number BIGINT NOT NULL, seq BIGINT NOT NULL, hash BYTEA NOT NULL, at_utc BIGINT
)
"""
_FIRST = "INSERT INTO ledger_head (number, seq, hash) VALUES (0, 0, decode(repeat('00', 32), 'hex'))"

# json keeps the text of every value, so this is byte for byte what storage/canonical.py writes for ids, codes and nulls.
_CANONICAL = """
CREATE FUNCTION audit_canonical(event audit) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT convert_to('{' || string_agg(to_json(key)::text || ':' || value::text, ',' ORDER BY key COLLATE "C") || '}', 'UTF8')
    FROM json_each(row_to_json(event)) WHERE key NOT IN ('prev', 'hash')
$$
"""

_UNSEALED_AUDIT = """
CREATE FUNCTION unsealed_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.seq := nextval('audit_seq_seq'); NEW.prev := ''; NEW.hash := ''; NEW.clock_flag := NULL;
    RETURN NEW;
END $$
"""

_UNSEALED_CHANGE = """
CREATE FUNCTION unsealed_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := nextval('change_number_seq');
    RETURN NEW;
END $$
"""

# 2592000000 ms are the thirty days of audit.py: a clock that leaps further than a holiday is flagged. What a seat that is
# more than a minute off wrote with its own clock (a booking's "made at") can be told by the flag "skew".
_SEAL_AUDIT = """
CREATE FUNCTION seal_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    before ledger_head;
    event audit;
    now_utc BIGINT;
BEGIN
    SELECT * INTO STRICT before FROM ledger_head FOR UPDATE;
    event := NEW;
    event.seq := before.seq + 1;
    event.prev := before.hash;
    now_utc := floor(extract(epoch FROM clock_timestamp()) * 1000);
    event.clock_flag := CASE WHEN now_utc < before.at_utc THEN 'back'
        WHEN now_utc - before.at_utc > 2592000000 THEN 'leap' WHEN abs(event.at_utc - now_utc) > {skew} THEN 'skew' END;
    event.at_utc := now_utc;
    event.hash := sha256('\\x00'::bytea || before.hash || audit_canonical(event));
    UPDATE audit SET seq = event.seq, at_utc = event.at_utc, prev = event.prev, clock_flag = event.clock_flag, hash = event.hash
        WHERE seq = NEW.seq;
    UPDATE ledger_head SET seq = event.seq, hash = event.hash, at_utc = event.at_utc;
    RETURN NULL;
END $$
"""

_SEAL_CHANGE = """
CREATE FUNCTION seal_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    given BIGINT;
BEGIN
    UPDATE ledger_head SET number = number + 1 RETURNING number INTO STRICT given;
    UPDATE change SET number = given WHERE number = NEW.number;
    PERFORM pg_notify('{channel}', '');
    RETURN NULL;
END $$
"""


def make_seals(connection: Connection) -> None:
    """Makes the head row, the functions and the deferred triggers in a schema that has its tables."""
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for sql in (_HEAD, _FIRST, _CANONICAL, _UNSEALED_AUDIT, _UNSEALED_CHANGE, _SEAL_AUDIT, _SEAL_CHANGE):
        connection.exec_driver_sql(sql.replace("{schema}", schema).replace("{channel}", CHANNEL).replace("{skew}", str(SKEW * 1000)))
    for table, number in (("audit", "seq"), ("change", "number")):
        connection.exec_driver_sql(f"ALTER SEQUENCE {table}_{number}_seq INCREMENT -1 MINVALUE -9007199254740991 MAXVALUE -1 START -1 RESTART")
        connection.exec_driver_sql(f"CREATE TRIGGER unsealed BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION unsealed_{table}()")
        connection.exec_driver_sql(
            f"CREATE CONSTRAINT TRIGGER sealed AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION seal_{table}()"
        )
