"""The store's failures in words: what happened and what to do."""

from __future__ import annotations

from db import errors as e
from registry import formats
from registry.errors import BadFile, Conflict, Invalid, NotAllowed, RegistryError, StorageTrouble
from registry.i18n import N_
from registry.whole_file import NOT_WRITTEN

WRONG_PASSWORD = N_("The name or the password is wrong.")
NO_ROOM = N_("There is too little room: {needed} are needed, {free} are free. Make room, or choose another disk.")

_SENTENCES: tuple[tuple[type[e.StoreError], type[RegistryError], str], ...] = (
    (e.WrongPassword, NotAllowed, WRONG_PASSWORD),
    (e.MistypedRecoveryKey, NotAllowed, N_("This is not a recovery key. Compare it with the printed one.")),
    (
        e.NoCompartmentKey,
        NotAllowed,
        N_("You do not hold the key to protected values. Ask somebody who does."),
    ),
    (
        e.NotARegistry,
        StorageTrouble,
        N_("There is no registry in this folder. Choose another folder, or make one."),
    ),
    (
        e.AlreadyExists,
        Invalid,
        N_("There is already something in this folder. Choose an empty or a new one."),
    ),
    (e.NotABackup, BadFile, N_("There is no readable backup at this place. Choose a file that was made as one.")),
    (
        e.NewerBackup,
        BadFile,
        N_("A newer version of this program made this backup. Install that version."),
    ),
    (
        e.NewerSchema,
        StorageTrouble,
        N_("A newer version of this program wrote the registry. Install that version."),
    ),
    (
        e.Unsettled,
        StorageTrouble,
        N_("The key of a closed account is still to be changed. Close the registry everywhere and open it again."),
    ),
    (
        e.NeedsAlone,
        StorageTrouble,
        N_("This version of the program has to renew the registry first. Close it everywhere, then open it again."),
    ),
    (
        e.Busy,
        StorageTrouble,
        N_("Another window or program is writing to this registry. Try again in a moment."),
    ),
    (e.DiskFull, StorageTrouble, N_("The disk is full. Free some space and try again; nothing was changed.")),
    (e.NotWritten, StorageTrouble, NOT_WRITTEN),
    (
        e.DiskTrouble,
        StorageTrouble,
        N_("The disk could not be read or written. Check it and try again; nothing was changed."),
    ),
    (e.ReadOnly, StorageTrouble, N_("This folder cannot be written to. Ask for the right to change it.")),
    (
        e.InSyncFolder,
        StorageTrouble,
        N_("A synchronising program copies this folder, which would damage a registry. Choose a local folder."),
    ),
    (
        e.OnNetworkShare,
        StorageTrouble,
        N_("This folder is on a network share, where a registry is not safe. Choose a local one."),
    ),
    (
        e.NotEncrypted,
        StorageTrouble,
        N_("The registry's file is not encrypted and will not be opened. Restore a backup."),
    ),
    (
        e.KeysDiffer,
        StorageTrouble,
        N_(
            "keys.json does not fit this registry: a change of accounts was interrupted, or somebody altered the file. "
            "Repeat the change; if it is refused again, restore keys.json from a backup."
        ),
    ),
    (
        e.WrongKey,
        StorageTrouble,
        N_("The registry does not open with its key. Its file is damaged: restore a backup."),
    ),
    (e.DamagedBackup, BadFile, N_("This backup is damaged or incomplete. Take another one; nothing was changed.")),
    (
        e.NotVerified,
        StorageTrouble,
        N_("What was written could not be read back, so no backup was made. Check the disk, or choose another."),
    ),
    (e.Damaged, StorageTrouble, N_("The registry is damaged. Restore a backup.")),
    (e.NameTaken, Invalid, N_("There is already an account of this name. Choose another name.")),
    (e.LastSlot, Invalid, N_("This is the last account. Add another one first.")),
    (e.StaleRow, Conflict, N_("Somebody else changed this meanwhile. Open it again and repeat your change.")),
)


def as_registry_error(error: e.StoreError) -> RegistryError:
    """The sentence for a failure of the store."""
    if isinstance(error, e.NoRoom):
        return StorageTrouble(NO_ROOM, needed=formats.size(error.needed), free=formats.size(error.free))
    for kind, family, sentence in _SENTENCES:
        if isinstance(error, kind):
            return family(sentence)
    return StorageTrouble(N_("The registry could not be used. Close the program and try again."))
