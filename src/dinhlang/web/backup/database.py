"""Connections beside the program's own, and the models as a database's migrations had them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from .errors import BackupError

Node = tuple[str, str]
"""One migration: the app's label and the migration's name."""

SHORT_LIVED = frozenset(
    {
        # Papers that were only tried: the page promises that they are gone after two hours.
        "plans.reading",
        # Sign-ins: bringing back an old one would undo that it was ended.
        "sessions.session",
        "people.opensession",
        # Jobs: what they were to do is in the tables they belong to, or is done.
        "django_tasks_database.dbtaskresult",
        # When the next backup, the next look for reminders is due is a matter of this machine.
        "backup.due",
        "work.turn",
    }
)
"""Tables that no backup holds, by label."""


@contextmanager
def connection_beside(alias: str, **changes: Any) -> Iterator[BaseDatabaseWrapper]:
    """A second connection like the program's own, its settings changed, closed at the end.

    ``OPTIONS`` among the changes are added to those there are. Under the alias of the program's
    own connection it stands in for that one in this thread.
    """
    own = connections[DEFAULT_DB_ALIAS]
    settings = deepcopy(own.settings_dict)
    settings["OPTIONS"] = settings["OPTIONS"] | changes.pop("OPTIONS", {})
    settings.update(changes, CONN_MAX_AGE=0)
    connection = type(own)(settings, alias)
    connections[alias] = connection
    try:
        yield connection
    finally:
        connection.close()
        if alias == own.alias:
            connections[alias] = own
        else:
            del connections[alias]


@contextmanager
def snapshot() -> Iterator[str]:
    """The alias of a connection that keeps seeing the database as it is now.

    Nobody waits for it: SQLite in WAL mode and PostgreSQL both let others write meanwhile.
    """
    sqlite = connections[DEFAULT_DB_ALIAS].vendor == "sqlite"
    # IMMEDIATE, which the program uses, would keep every writer out for as long as this takes.
    options = {"transaction_mode": "DEFERRED"} if sqlite else {}
    with (
        connection_beside("snapshot", OPTIONS=options) as connection,
        transaction.atomic(using=connection.alias),
    ):
        with connection.cursor() as cursor:
            if not sqlite:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # The first question is what fixes the moment.
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
        yield connection.alias


def applied(connection: BaseDatabaseWrapper) -> list[Node]:
    """The migrations that the database has seen, of those this program knows."""
    loader = MigrationLoader(connection)
    return sorted(node for node in loader.applied_migrations if node in loader.graph.nodes)


def is_behind() -> bool:
    """Whether this version of the program has migrations that the database has not seen."""
    loader = MigrationLoader(connections[DEFAULT_DB_ALIAS])
    return bool(set(loader.graph.nodes) - set(loader.applied_migrations))


def is_known(nodes: Iterable[Node]) -> bool:
    """Whether this version of the program has all these migrations."""
    return set(nodes) <= set(MigrationLoader(None).graph.nodes)


def last_of_each_app(nodes: Iterable[Node]) -> list[Node]:
    """Those of the migrations that no other one of the same app follows."""
    graph, wanted = MigrationLoader(None).graph, set(nodes)
    followed = {
        parent.key
        for node in wanted
        for parent in graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    return sorted(wanted - followed)


def models_at(nodes: Iterable[Node]) -> dict[str, type[Model]]:
    """The models whose rows a backup holds, by label, as they were after these migrations."""
    return {
        label: model for label, model in all_models_at(nodes).items() if label not in SHORT_LIVED
    }


def all_models_at(nodes: Iterable[Node]) -> dict[str, type[Model]]:
    """The models that have a table of their own after these migrations, by label."""
    state = MigrationLoader(None).project_state(last_of_each_app(nodes))
    registry: Apps = state.apps
    found = registry.get_models(include_auto_created=True)
    return {
        model._meta.label_lower: model
        for model in found
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    }


def require_known(nodes: Iterable[Node]) -> None:
    """Raises ``BackupError`` where the migrations are of a newer version of the program."""
    if not is_known(nodes):
        raise BackupError(
            "Bản sao lưu này do một phiên bản mới hơn của Đình Làng làm ra. Hãy cập nhật Đình "
            "Làng lên đúng phiên bản đó (hoặc mới hơn) rồi phục hồi lại."
        )
