"""Accounts of staff: each a role in the register and a key slot in keys.json."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.models import key_slot, user_account
from db.slots import Unlocked, same_name
from registry.access import Right, Role
from registry.commands import AddUser, ChangeUser, DisableUser, RenewRecoveryKeys, SetPassword
from registry.context import Context, View
from registry.errors import Invalid, NotAllowed
from registry.i18n import N_
from registry.kinds import clean
from registry.queries import ListUsers
from registry.setup import NEEDS_NAME, require_strong

NO_ROLE = N_("“{role}” is not a role. Choose clerk, outreach, manager, administrator or auditor.")
NO_USER = N_("There is no account of this name.")
LAST_ADMINISTRATOR = N_("This is the last administrator. Make somebody else administrator first.")
ONLY_ADMINISTRATORS = N_("Only an administrator sets another's password.")
LAST_HOLDER = N_("Nobody else can open protected values. Allow somebody else to open them first.")
NOT_ONESELF = N_("You cannot disable your own account. Ask another administrator.")


@dataclass(frozen=True)
class UserView:
    """One account as the administration shows it."""

    id: int
    name: str
    role: Role
    protected: bool
    disabled: bool


def list_users(view: View, _query: ListUsers) -> tuple[UserView, ...]:
    """All accounts by name."""
    rows = view.connection.execute(select(user_account).order_by(user_account.c.name)).mappings()
    return tuple(UserView(r["id"], r["name"], Role(r["role"]), r["protected"], r["disabled"]) for r in rows)


def add_user(context: Context, command: AddUser) -> int:
    """A new account with its own key slot; returns its id."""
    role = _role(command.role)
    name = clean(command.name)
    if not name:
        raise Invalid(NEEDS_NAME)
    require_strong(command.password, name)
    known = _settled(context)
    slot = context.keys.add_user(context.unlocked, name, command.password, command.protected, known)
    row: dict[str, object] = {"name": name, "slot": slot, "role": role.value}
    ids = context.transaction.insert(user_account, [row | {"protected": command.protected, "disabled": False}])
    _keep_public_keys(context, context.unlocked)
    return ids[0]


def change_user(context: Context, command: ChangeUser) -> bool:
    """Give another role, grant or withdraw protected values."""
    account = _account(context, command.name)
    values: dict[str, object] = {}
    if command.role is not None:
        values["role"] = _role(command.role).value
        if values["role"] != Role.ADMINISTRATOR:
            _require_another_administrator(context, account)
    if command.protected is not None and _grant(context, account, command.protected):
        values["protected"] = command.protected
    return context.transaction.update(user_account, account.id, values) if values else False


def disable_user(context: Context, command: DisableUser) -> bool:
    """Close an account and begin keying the registry anew; the next opening alone finishes it."""
    account = _account(context, command.name)
    if account.id == context.session.user_id:
        raise Invalid(NOT_ONESELF)
    _require_another_administrator(context, account)
    slot, known = _slot(context, account.id), _settled(context)
    _require_another_holder(context, slot)
    after = context.keys.remove(context.unlocked, slot, known)
    context.transaction.update(user_account, account.id, {"disabled": True, "protected": False})
    _keep_public_keys(context, after)
    return True


def renew_recovery(context: Context, _command: RenewRecoveryKeys) -> tuple[str, ...]:
    """New recovery keys in place of the printed ones."""
    staff = set(context.connection.execute(select(user_account.c.slot)).scalars())
    known = {slot: key for slot, key in _settled(context).items() if slot in staff}
    printed = context.keys.renew_recovery(context.unlocked, known)
    _keep_public_keys(context, context.unlocked)
    return printed


def set_password(context: Context, command: SetPassword) -> bool:
    """Set one's own password, or reset another's, which takes the right to manage staff."""
    account = _account(context, command.name)
    require_strong(command.password, account.name)
    if account.id == context.session.user_id:
        context.keys.change_password(context.unlocked, command.password)
        context.key_change.append(context.unlocked)
        return True
    if not context.session.may(Right.STAFF):
        raise NotAllowed(ONLY_ADMINISTRATORS)
    known = _settled(context)
    slot = context.keys.reset_password(context.unlocked, _slot(context, account.id), command.password, known)
    context.transaction.update(user_account, account.id, {"slot": slot})
    _keep_public_keys(context, context.unlocked)
    return True


def _grant(context: Context, account: UserView, protected: bool) -> bool:
    """Give or take the compartment's key; False if it is so already."""
    slot, known = _slot(context, account.id), _settled(context)
    # Who was granted it and had the password reset by somebody without the key can be granted it again.
    if protected == account.protected and (not protected or context.keys.holds_compartment_key(slot)):
        return False
    after = context.unlocked
    if protected:
        context.keys.grant_compartment(context.unlocked, slot, known)
    else:
        _require_another_holder(context, slot)
        after = context.keys.withdraw_compartment(context.unlocked, slot, known)
    _keep_public_keys(context, after)
    return True


def _require_another_administrator(context: Context, account: UserView) -> None:
    """Somebody must remain who can manage staff."""
    administrators = {u.id for u in list_users(context, ListUsers()) if u.role is Role.ADMINISTRATOR and not u.disabled}
    if administrators == {account.id}:
        raise Invalid(LAST_ADMINISTRATOR)


def _require_another_holder(context: Context, slot: str) -> None:
    """Somebody must remain who can open protected values, and let others."""
    holders = {one for one in context.keys.slot_ids() if context.keys.holds_compartment_key(one)}
    if holders == {slot}:
        raise Invalid(LAST_HOLDER)


def _account(context: Context, name: str) -> UserView:
    """The open account of this name; a name that was closed can be given again."""
    found = [u for u in list_users(context, ListUsers()) if same_name(u.name, name) and not u.disabled]
    if not found:
        raise Invalid(NO_USER)
    return found[0]


def _slot(context: Context, user_id: int) -> str:
    slot: str = context.connection.execute(select(user_account.c.slot).where(user_account.c.id == user_id)).scalar_one()
    return slot


def _role(text: str) -> Role:
    try:
        return Role(text.strip().lower())
    except ValueError:
        raise Invalid(NO_ROLE, role=text[:40]) from None


def _settled(context: Context) -> dict[str, bytes]:
    """The public keys in the register, by slot, once keys.json holds no slot that the register does not know.

    One is there if a change was cut off between the two, or if somebody slipped it in; nothing is sealed to it.
    """
    rows = context.connection.execute(select(key_slot.c.slot, key_slot.c.public_key))
    known = {slot: bytes(key) for slot, key in rows}
    dropped = context.keys.settle(known)
    if dropped:
        context.note["slots_dropped"] = dropped
    return known


def _keep_public_keys(context: Context, unlocked: Unlocked) -> None:
    """Bring the public keys in the register to those in keys.json, which is written with the transaction.

    Only after an operation that compared them: else a key that somebody slipped in would become trusted.
    """
    rows = context.connection.execute(select(key_slot)).all()
    before = {row.slot: (row.id, bytes(row.public_key)) for row in rows}
    now = context.keys.public_keys()
    for slot, key in now.items():
        if slot not in before:
            context.transaction.insert(key_slot, [{"slot": slot, "public_key": key}])
        elif before[slot][1] != key:
            context.transaction.update(key_slot, before[slot][0], {"public_key": key})
    context.transaction.delete(key_slot, [row_id for slot, (row_id, _) in before.items() if slot not in now])
    context.key_change.append(unlocked)
