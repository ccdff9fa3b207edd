"""Hugepages for peers that want them, given back afterwards."""

import contextlib

from .lab import LabError

COUNT = "/proc/sys/vm/nr_hugepages"
PAGE_MB = 2


def _read():
    with open(COUNT, encoding="ascii") as file:
        return int(file.read())


def _write(count):
    with open(COUNT, "w", encoding="ascii") as file:
        file.write(str(count))


@contextlib.contextmanager
def hugepages(megabytes):
    """At least so much is reserved while the body runs."""
    before = _read()
    wanted = before + megabytes // PAGE_MB
    _write(wanted)
    try:
        if _read() < wanted:
            raise LabError(f"the kernel has no {megabytes} MB for hugepages: free some memory")
        yield
    finally:
        _write(before)
