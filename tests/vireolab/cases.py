"""How the interop tests are started: by `./vireo test`, which says where it builds, or by hand."""

import argparse
import sys
import unittest


def main():
    """Runs the test cases of the module that calls it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", help="where ./vireo builds")
    _, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
