"""How the interop tests are started: by `./vireo test`, which says where it builds, or by hand."""

import argparse
import sys
import unittest


def _parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", help="where ./vireo builds")
    parser.add_argument("--soak", metavar="SEED", type=int, help="all that takes long too")
    return parser.parse_known_args()


def seed():
    """The seed of a soak; None in a test, which is short."""
    return _parse()[0].soak


def out():
    """Where ./vireo builds."""
    return _parse()[0].out


def main():
    """Runs the test cases of the module that calls it."""
    unittest.main(argv=[sys.argv[0], *_parse()[1]], verbosity=2)
