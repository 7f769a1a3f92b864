"""One login of the server for each person, kept in step with the list of people by the database itself.

A person added, given other roles or shut out in `vault_person` is so on the server in the same transaction: their login
is made, put into its groups, or may no longer log in. The functions belong to the keeper, who owns the tables and whom
nobody can become; owners may call those that set a password and end the sessions of who has left.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.grants import DESK, KEEPER, PEOPLE, RECEPTION, grants_for, group, veils_for
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.postgres_schema import SHAPE_TABLE, VERSION_TABLE, make_shape_table

_DATABASE = re.compile(r"[a-z][a-z0-9_]{0,27}")  # with a person's number it still fits a role's name (63 bytes)
_UNFIT = frozenset({"postgres", "template0", "template1", "public"})

register_sentences(
    {
        "database_name_unfit": N_(
            "A clinic's database needs a name of small letters, digits and underscores, of at most 28 characters, such as clinic. Nothing was made."
        ),
    }
)


def check_database_name(name: str) -> str:
    """The name itself. Raises Refusal("database_name_unfit")."""
    if not _DATABASE.fullmatch(name) or name in _UNFIT or name.startswith("pg_"):
        raise Refusal("database_name_unfit")
    return name


# A person's name on the server is their number, never their name. Roles are named by people's ids, which are checked, and every name is quoted by the server.
_LOGIN = """
CREATE FUNCTION clinic_login(vault_id text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT '{database}_' || replace(vault_id, '-', '')
$$
"""

_FOLLOW = """
CREATE FUNCTION clinic_follow(person vault_person) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    login text := clinic_login(person.vault_id);
    ending text;
    belongs boolean;
BEGIN
    IF person.vault_id !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
        RAISE EXCEPTION USING MESSAGE = 'guard:login', ERRCODE = '23000';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = login) THEN
        EXECUTE 'CREATE ROLE ' || quote_ident(login) || ' NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION';
    END IF;
    EXECUTE 'ALTER ROLE ' || quote_ident(login) || CASE WHEN person.active THEN ' LOGIN' ELSE ' NOLOGIN' END;
    FOREACH ending IN ARRAY ARRAY[{endings}] LOOP
        belongs := person.active AND CASE ending WHEN '{people}' THEN true
            WHEN '{reception}' THEN person.roles::jsonb = '["front_desk"]' ELSE person.roles::jsonb ? ending END;
        IF belongs IS DISTINCT FROM pg_has_role(login, '{database}_' || ending, 'MEMBER') THEN
            EXECUTE CASE WHEN belongs THEN 'GRANT ' ELSE 'REVOKE ' END || quote_ident('{database}_' || ending)
                || CASE WHEN belongs THEN ' TO ' ELSE ' FROM ' END || quote_ident(login);
        END IF;
    END LOOP;
END $$
"""

_FOLLOWS = """
CREATE FUNCTION clinic_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.vault_id IS DISTINCT FROM OLD.vault_id OR NEW.exchange_key IS DISTINCT FROM OLD.exchange_key) THEN
        RAISE EXCEPTION USING MESSAGE = 'guard:login', ERRCODE = '23000';
    END IF;
    PERFORM clinic_follow(NEW);
    RETURN NULL;
END $$
"""

_FOLLOW_ALL = """
CREATE FUNCTION clinic_follow_all() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
BEGIN
    PERFORM clinic_follow(person) FROM vault_person AS person;
END $$
"""

# What comes is never the password but what a server keeps instead of it, which opens nothing by itself.
_SET_VERIFIER = """
CREATE FUNCTION clinic_set_password(person text, verifier text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
BEGIN
    IF verifier !~ '^SCRAM-SHA-256[$][0-9]{4,7}:[A-Za-z0-9+/=]+[$][A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$'
        OR NOT EXISTS (SELECT FROM vault_person WHERE vault_id = person) THEN
        RAISE EXCEPTION USING MESSAGE = 'guard:login', ERRCODE = '23000';
    END IF;
    EXECUTE 'ALTER ROLE ' || quote_ident(clinic_login(person)) || ' PASSWORD ' || quote_literal(verifier);
END $$
"""

_END_SESSIONS = """
CREATE FUNCTION clinic_end_sessions() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    ended bigint;
BEGIN
    SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) INTO ended FROM pg_catalog.pg_stat_activity
    WHERE usename IN (SELECT clinic_login(vault_id) FROM vault_person WHERE NOT active) AND pid <> pg_backend_pid();
    RETURN ended;
END $$
"""

# session_user cannot be changed by SET ROLE: nobody writes an event or an operation under another person's name.
_OWN_NAME = """
CREATE FUNCTION clinic_own_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF starts_with(session_user, '{database}_') AND session_user <> '{database}_' || replace(to_jsonb(NEW) ->> TG_ARGV[0], '-', '') THEN
        RAISE EXCEPTION USING MESSAGE = 'guard:own_name', ERRCODE = '23000';
    END IF;
    RETURN NEW;
END $$
"""

_TRIGGERS = (
    "CREATE TRIGGER logins_follow AFTER INSERT OR UPDATE ON vault_person FOR EACH ROW EXECUTE FUNCTION clinic_follows()",
    "CREATE TRIGGER own_name BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION clinic_own_name('user')",
    "CREATE TRIGGER own_name BEFORE INSERT ON operation FOR EACH ROW EXECUTE FUNCTION clinic_own_name('person')",
)

# The header of vault.json is kept by whoever changes their password; the rest of the vault's values by owners or nobody.
_ROWS = (
    "ALTER TABLE vault_state ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY reading ON vault_state FOR SELECT USING (true)",
    'CREATE POLICY header ON vault_state FOR UPDATE TO "{database}_people" USING (name = \'header\') WITH CHECK (name = \'header\')',
    'CREATE POLICY ways ON vault_state FOR UPDATE TO "{database}_owner" USING (name = \'ways\') WITH CHECK (name = \'ways\')',
    'GRANT UPDATE (value) ON vault_state TO "{database}_people"',
)

_OWN_FUNCTIONS = """
SELECT pg_proc.oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT FROM pg_depend WHERE pg_depend.objid = pg_proc.oid AND deptype = 'e')
"""
_FOR_OWNERS = ("clinic_set_password(text, text)", "clinic_end_sessions()", "clinic_follow_all()", "clinic_login(text)")


def make_groups(connection: Connection, database: str) -> None:
    """The clinic's groups and its keeper, by an administrator. Nobody can log in as any of them."""
    keeper = group(database, KEEPER)
    connection.exec_driver_sql(f'CREATE ROLE "{keeper}" NOLOGIN CREATEROLE')
    connection.exec_driver_sql(f'GRANT pg_signal_backend TO "{keeper}"')
    for ending in (PEOPLE, RECEPTION, *Role):
        connection.exec_driver_sql(f'CREATE ROLE "{group(database, ending)}" NOLOGIN')
        connection.exec_driver_sql(f'GRANT "{group(database, ending)}" TO "{keeper}" WITH ADMIN OPTION')


def make_logins(connection: Connection, database: str) -> None:
    """What keeps logins in step with people, and every right of the groups; by the keeper, in a database that has its tables."""
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    endings = ", ".join(f"'{ending}'" for ending in (PEOPLE, RECEPTION, *Role))
    filled = {"{database}": database, "{schema}": str(schema), "{endings}": endings, "{people}": PEOPLE, "{reception}": RECEPTION}
    functions = (_LOGIN, _FOLLOW, _FOLLOWS, _FOLLOW_ALL, _SET_VERIFIER, _END_SESSIONS, _OWN_NAME)
    for sql in (*functions, *_TRIGGERS, *_ROWS):
        for gap, value in filled.items():
            sql = sql.replace(gap, value)  # noqa: PLW2901 - filled gap by gap
        connection.exec_driver_sql(sql)
    make_shape_table(connection)
    give_rights(connection, database)


def unveil(connection: Connection) -> None:
    """Takes the views of veiled tables away, which would keep a step from changing their tables."""
    connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {DESK} CASCADE")


def give_rights(connection: Connection, database: str) -> None:
    """Every right of the groups, and none of anybody else. May be done again after tables were added, once `unveil` was."""
    people, owner = group(database, PEOPLE), group(database, Role.OWNER)
    connection.exec_driver_sql("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    connection.exec_driver_sql(f"CREATE SCHEMA {DESK}")
    connection.exec_driver_sql(f'GRANT USAGE ON SCHEMA public TO "{people}"')
    for function in connection.exec_driver_sql(_OWN_FUNCTIONS).scalars().all():
        connection.exec_driver_sql(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    for function in _FOR_OWNERS:
        connection.exec_driver_sql(f'GRANT EXECUTE ON FUNCTION {function} TO "{owner}"')
    for sql in (*grants_for(database), *veils_for(database)):
        connection.exec_driver_sql(sql)
    for table in ("ledger_head", VERSION_TABLE, SHAPE_TABLE):
        connection.exec_driver_sql(f'GRANT SELECT ON {table} TO "{people}"')
