"""A process gives up what it will never need again: memory, files, the network, other programs, new privileges.

Entered by the decoder before it reads its first byte. What a kernel refuses is said, not hidden: `enter` returns it.
"""

import ctypes
import errno
import os
import platform
import resource
from struct import pack
from typing import Final

MEMORY_BYTES: Final = 768 * 1024 * 1024  # of addresses: Python, Pillow, and two copies of the largest picture
FILES: Final = 3  # the two pipes and /dev/null; nothing can be opened

_NEWUSER, _NEWNET = 0x10000000, 0x40000000
_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _PR_SET_PDEATHSIG = 4, 22, 38, 1
_SIGKILL: Final = 9
_FILTER_MODE: Final = 2

# What decoding needs once everything is loaded; every other call answers "not permitted". By (audit architecture, calls).
_ALLOWED: Final[dict[str, tuple[int, tuple[int, ...]]]] = {
    "x86_64": (
        0xC000003E,
        # read write close fstat poll lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn sched_yield
        # mremap madvise getpid exit gettimeofday getrlimit getrusage setrlimit futex clock_gettime exit_group prlimit64
        # getrandom
        (0, 1, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 28, 39, 60, 96, 97, 98, 160, 202, 228, 231, 302, 318),
    ),
    "aarch64": (
        0xC00000B7,
        # the same, by this architecture's numbers (ppoll for poll)
        (
            *(63, 64, 57, 80, 73, 62, 222, 226, 215, 214, 134, 135, 139, 124, 216, 233, 172, 93, 169, 163, 165, 164),
            *(98, 113, 94, 261, 278),
        ),
    ),
}


def enter() -> tuple[str, ...]:
    """From here on: no files, no network, no programs, bounded memory. What the kernel refused, in words."""
    missing: list[str] = []
    _limit()
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    kernel.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        missing.append("no new privileges")
    if kernel.unshare(_NEWUSER | _NEWNET) and kernel.unshare(_NEWNET):
        missing.append(f"a network of its own ({errno.errorcode.get(ctypes.get_errno(), '?')})")
    if not _filter(kernel):
        missing.append("a filter of system calls")
    return tuple(missing)


def allow_cpu(seconds: int) -> None:
    """So much processor time from now on; then the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def give_back_memory() -> None:
    """What is free in the heap is the system's again. Does nothing where the C library is another than GNU's."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(5)  # the glass goes first


def _filter(kernel: ctypes.CDLL) -> bool:
    """A list of permitted system calls, in the kernel's own little language (seccomp, classic BPF)."""
    known = _ALLOWED.get(platform.machine())
    if known is None:
        return False
    program = _program(*known)
    code = ctypes.create_string_buffer(program, len(program))

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    wanted = Filter(len(program) // 8, ctypes.cast(code, ctypes.c_void_p))
    return kernel.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(wanted), 0, 0) == 0


def _program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """Load the architecture, kill what is another; load the call's number, allow those of the list, refuse the rest."""
    load, equal, give = 0x20, 0x15, 0x06
    kill, allow, refuse = 0x80000000, 0x7FFF0000, 0x00050000 | errno.EPERM
    lines = [(load, 0, 0, 4), (equal, 1, 0, architecture), (give, 0, 0, kill), (load, 0, 0, 0)]
    lines += [(equal, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    lines += [(give, 0, 0, refuse), (give, 0, 0, allow)]
    return b"".join(pack("<HBBI", *line) for line in lines)
