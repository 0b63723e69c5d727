"""The Windows calls that the standard library lacks, for `db.platform`; an empty module elsewhere."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _JOB_EXTENDED_LIMITS = 9
    _LIMIT_PROCESS_MEMORY = 0x100
    _LIMIT_DIE_ON_UNHANDLED_EXCEPTION = 0x400
    _QUERY_LIMITED_INFORMATION = 0x1000
    _DRIVE_REMOTE = 4

    class _BasicLimits(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

        _fields_ = [
            ("process_user_time", ctypes.c_int64),
            ("job_user_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("minimum_working_set", ctypes.c_size_t),
            ("maximum_working_set", ctypes.c_size_t),
            ("active_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority_class", wintypes.DWORD),
            ("scheduling_class", wintypes.DWORD),
        ]

    class _ExtendedLimits(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = [
            ("basic", _BasicLimits),
            ("io_counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        ]

    class _MemoryCounters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS."""

        _fields_ = [
            ("size", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            ("peak_working_set", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            ("other", ctypes.c_size_t * 6),
        ]

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.argtypes = [wintypes.LPVOID, wintypes.LPCWSTR]
    _kernel.SetInformationJobObject.argtypes = [
        wintypes.HANDLE,
        ctypes.c_int,
        wintypes.LPVOID,
        wintypes.DWORD,
    ]
    _kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel.OpenProcess.restype = wintypes.HANDLE
    _kernel.OpenProcess.argtypes = [wintypes.DWORD, wintypes.BOOL, wintypes.DWORD]
    _kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    _kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, wintypes.LPVOID, wintypes.DWORD]
    _kernel.GetProcessTimes.argtypes = [wintypes.HANDLE, *[ctypes.POINTER(wintypes.FILETIME)] * 4]
    _kernel.GetDriveTypeW.argtypes = [wintypes.LPCWSTR]

    def limit_this_process(memory_bytes: int) -> None:
        """Put this process into a job that may commit no more than this; it dies silently when it crashes."""
        # The handle stays open on purpose: the job lives as long as the process.
        job = _kernel.CreateJobObjectW(None, None)
        limits = _ExtendedLimits()
        limits.basic.flags = _LIMIT_PROCESS_MEMORY | _LIMIT_DIE_ON_UNHANDLED_EXCEPTION
        limits.process_memory = memory_bytes
        if not (
            job
            and _kernel.SetInformationJobObject(job, _JOB_EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
            and _kernel.AssignProcessToJobObject(job, _kernel.GetCurrentProcess())
        ):
            raise ctypes.WinError(ctypes.get_last_error())

    def resident_memory(pid: int) -> int | None:
        """Working set of process `pid` in bytes; None if it is gone."""
        process = _kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
        if not process:
            return None
        try:
            return int(_counters(process).working_set) or None
        finally:
            _kernel.CloseHandle(process)

    def processor_time(pid: int) -> float | None:
        """Seconds for which process `pid` has kept a processor busy; None if it is gone."""
        process = _kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
        if not process:
            return None
        created, ended, system, user = (wintypes.FILETIME() for _time in range(4))
        times = (ctypes.byref(time) for time in (created, ended, system, user))
        try:
            if not _kernel.GetProcessTimes(process, *times):
                return None
        finally:
            _kernel.CloseHandle(process)
        # In steps of 100 nanoseconds.
        return sum((time.dwHighDateTime << 32) + time.dwLowDateTime for time in (system, user)) / 1e7

    def largest_resident_memory() -> int:
        """Largest working set of this process so far, in bytes."""
        return int(_counters(_kernel.GetCurrentProcess()).peak_working_set)

    def _counters(process: int) -> _MemoryCounters:
        counters = _MemoryCounters()
        counters.size = ctypes.sizeof(counters)
        if not _kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.size):
            raise ctypes.WinError(ctypes.get_last_error())
        return counters

    def is_remote_drive(anchor: str) -> bool:
        """Whether the drive of this root, such as `Z:\\`, is a network drive."""
        return bool(_kernel.GetDriveTypeW(anchor) == _DRIVE_REMOTE)
