"""Where a file lies, read from the system's own lists: on a network share, in a folder copied elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePath

_NETWORK_TYPE = re.compile(
    r"9p|afpfs|afs|ceph|cifs|coda|davfs|glusterfs|gpfs|lustre|ncpfs|nfs[34]?|prl_fs|smb[23]|smbfs|vboxsf"
    r"|acfs|webdav"
    r"|fuse\.(ceph|curlftpfs|davfs2?|dropbox|glusterfs|google-drive-ocamlfuse|gvfsd-fuse|kio-fuse|onedriver"
    r"|rclone|s3fs|smbnetfs|sshfs|vmhgfs-fuse)"
)
# Names the clients give their folders; "OneDrive - Ministry" and "Dropbox (Post)" are business accounts.
_SYNC_NAMES = re.compile(
    r"(onedrive( - .+)?|dropbox( \(.+\))?|google ?drive|googledrive-.+|my drive|icloud ?drive"
    r"|mobile documents|cloudstorage|nextcloud|owncloud|pcloud ?drive"
    r"|mega(sync)?|box ?sync|seafile|syncthing)",
    re.IGNORECASE,
)
_SYNC_MARKERS = (
    ".dropbox",
    ".dropbox.cache",
    ".nextcloudsync.log",
    ".owncloudsync.log",
    ".stfolder",
    ".tmp.drivedownload",
    ".seafile-data",
)
_SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_MACOS_MOUNT = re.compile(r"^.+? on (?P<point>/.*) \((?P<type>[^,)]+)", re.MULTILINE)


def unc_path(path: str) -> bool:
    r"""Whether a Windows path names another machine: `\\server\share`, `\\?\UNC\server\share`."""
    path = path.replace("/", "\\")
    if path.startswith(("\\\\?\\", "\\\\.\\")):
        return path[4:8].upper() == "UNC\\"
    return path.startswith("\\\\")


def network_mount_linux(mountinfo: str, path: PurePath) -> bool:
    """Whether the text of /proc/self/mountinfo puts the absolute `path` on a network file system."""
    mounts = []
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:
            point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4])
            mounts.append((PurePath(point), after.split(" ")[0]))
    return _NETWORK_TYPE.fullmatch(_type_of_mount(mounts, path)) is not None


def network_mount_macos(mounts: str, path: PurePath) -> bool:
    """Whether the output of `mount` puts the absolute `path` on a network file system."""
    found = [(PurePath(match["point"]), match["type"]) for match in _MACOS_MOUNT.finditer(mounts)]
    return _NETWORK_TYPE.fullmatch(_type_of_mount(found, path)) is not None


def _type_of_mount(mounts: list[tuple[PurePath, str]], path: PurePath) -> str:
    """The type of the deepest mount above `path`; of two at one place the later covers the earlier."""
    found = PurePath("/"), ""
    for point, kind in mounts:
        if path.is_relative_to(point) and len(point.parts) >= len(found[0].parts):
            found = point, kind
    return found[1]


def in_sync_folder(path: Path, environment: Mapping[str, str]) -> bool:
    """Whether the absolute `path` lies in a synchronising client's folder: by name, marker file, variable."""
    roots = {Path(environment[name]) for name in _SYNC_VARIABLES if environment.get(name)}
    return any(
        folder in roots
        or _SYNC_NAMES.fullmatch(folder.name)
        or any((folder / marker).exists() for marker in _SYNC_MARKERS)
        for folder in (path, *path.parents)
    )
