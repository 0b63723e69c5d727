"""Making a registry: its folder, keys, first schema, settings and first administrator."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection

from db import engine as store
from db import migrate
from db.errors import AlreadyExists, NotARegistry, StoreError
from db.keys import KeyFile
from db.models import key_slot, setting, user_account
from db.opening import DATABASE
from db.passwords import password_problem
from db.platform import make_private_folder
from db.slots import Cost, Unlocked
from db.store import Transaction
from registry import vocabularies
from registry.access import Role
from registry.errors import Invalid, StorageTrouble
from registry.i18n import N_
from registry.kinds import clean
from registry.trouble import as_registry_error

POST_CODE = N_("A post's code has two to six letters or digits, such as LYS.")
NO_COUNTRY = N_("“{text}” is not a country. Give its name or its ISO code, such as FRA.")
NEEDS_NAME = N_("An administrator needs a sign-in name.")
NO_PLACE = N_("The folder “{name}” cannot be made at this place. Choose a place that exists and that you may write to.")
WEAK_PASSWORD = {
    "too_short": N_("The password is too short: take at least ten characters."),
    "too_common": N_(
        "The password is too easy to guess: it is built on a common word or on the name. Take another one."
    ),
    "too_weak": N_("The password is too easy to guess. Make it longer, or mix letters, digits and signs."),
}


def create(
    folder: Path,
    *,
    post: str,
    country: str,
    home: str | None,
    admin: str,
    password: str,
    demonstration: bool = False,
) -> tuple[str, ...]:
    """Make an empty encrypted registry in `folder`; returns its recovery keys, to be shown once.

    Args:
        post: the consulate's code, part of every registration number.
        country, home: where the post stands and the state it serves, as code or name.
        demonstration: marked for ever as a demonstration; its password may be weak and its keys are cheap.

    Raises:
        Invalid: an argument cannot be used, or the folder holds something already.
        StorageTrouble: the folder cannot be used.
    """
    settings = {
        "post": _post(post),
        "country": _country(country),
        "home": _country(home) if home else None,
        "demonstration": "1" if demonstration else None,
    }
    admin = clean(admin)
    if not admin:
        raise Invalid(NEEDS_NAME)
    if not demonstration:
        require_strong(password, admin)
    try:
        return _make(folder, settings, admin, password, demonstration)
    except StoreError as error:
        raise as_registry_error(error) from None


def require_strong(password: str, name: str) -> None:
    """Raise `Invalid` with what is wrong with a password."""
    problem = password_problem(password, name)
    if problem is not None:
        raise Invalid(WEAK_PASSWORD[problem])


def require_empty(folder: Path) -> None:
    """Raise `AlreadyExists` if something stands where a registry is to be made."""
    with store.translated():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise AlreadyExists(folder.name)


def make_folders(folder: Path) -> None:
    """Make a folder and those above it. Raises `StorageTrouble` where none can be made."""
    try:
        with store.translated():
            folder.mkdir(parents=True, exist_ok=True)
    except NotARegistry:
        # A way that leads nowhere, or through a file: of a registry there was no talk yet.
        raise StorageTrouble(NO_PLACE, name=folder.name) from None


def _make(
    folder: Path, settings: dict[str, str | None], admin: str, password: str, demonstration: bool
) -> tuple[str, ...]:
    require_empty(folder)
    make_folders(folder)
    with store.translated():
        make_private_folder(folder)
    # A demonstration has no secrets: its keys need not be costly to guess.
    cost = Cost(memory=8 * 1024, passes=1) if demonstration else None
    keys, unlocked, recovery = KeyFile.create(folder, uuid4(), admin, password, cost=cost)
    try:
        _make_files(folder, keys, unlocked, admin, settings)
    except BaseException:
        # The folder was empty: what half a registry there is would stand in the way of the next attempt.
        for file in folder.iterdir():
            file.unlink()
        raise
    return recovery


def _make_files(folder: Path, keys: KeyFile, unlocked: Unlocked, admin: str, settings: dict[str, str | None]) -> None:
    engine = store.open_engine(folder / DATABASE, unlocked.data_key, create=True)
    try:
        migrate.upgrade(engine)
        with store.writing(engine) as connection:
            _fill(connection, keys, unlocked.slot_id, admin, settings)
            # Inside the transaction: the database would be lost without its keys.
            keys.save()
    finally:
        store.close_engine(engine)


def _fill(connection: Connection, keys: KeyFile, slot: str, admin: str, settings: dict[str, str | None]) -> None:
    transaction = Transaction(connection)
    rows = {**settings, "registry_id": str(keys.registry_id)}
    transaction.insert(setting, [{"name": n, "value": v} for n, v in rows.items() if v is not None])
    transaction.insert(key_slot, [{"slot": s, "public_key": k} for s, k in keys.public_keys().items()])
    account: dict[str, object] = {"name": admin, "slot": slot, "role": Role.ADMINISTRATOR.value}
    transaction.insert(user_account, [account | {"protected": False, "disabled": False}])
    transaction.finish(user_id=0, operation="create_registry", note={})


def _post(text: str) -> str:
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z0-9]{2,6}", code):
        raise Invalid(POST_CODE)
    return code


def _country(text: str) -> str:
    code = vocabularies.get("country").find(text)
    if code is None:
        raise Invalid(NO_COUNTRY, text=text[:40])
    return code
