#!/usr/bin/python3
"""The demo's hosts and router, left running: `vireo lab up | status | exec | cli | down`."""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import configs
from vireolab.lab import Lab, LabError, await_true, run
from vireolab.router import CLI_PORT, Vireo
from vireolab.topology import two_hosts

PREFIX = "vireo-lab"
STATE = "/var/tmp/vireo-lab"
RECORD = os.path.join(STATE, "lab.json")


def attach():
    """The lab that is up, as if this process had made it."""
    if not os.path.exists(RECORD):
        raise LabError("no lab is up: ./vireo lab up")
    with open(RECORD, encoding="utf-8") as text:
        record = json.load(text)
    lab = Lab(PREFIX)
    lab.namespaces = record["namespaces"]
    return lab, Vireo(lab, "r", state=STATE), record["pid"]


def alive(pid):
    """Whether `pid` is still the router manager that `up` started, and no later process."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as command:
            return STATE.encode() in command.read()
    except FileNotFoundError:
        return False


def up():
    if os.path.exists(RECORD):
        raise LabError("a lab is up already: ./vireo lab status, ./vireo lab down")
    os.makedirs(STATE, mode=0o755, exist_ok=True)
    lab = Lab(PREFIX)
    vireo = Vireo(lab, "r", state=STATE)
    try:
        print("hosts h1 and h2, router blue between them", flush=True)
        two_hosts(lab)
        vireo.start()
        with vireo.netconf() as netconf:
            netconf.edit(configs.two_hosts())
            netconf.commit()
        await_true(
            lambda: lab.exec("h1", "ping", "-n", "-c", "1", "-W", "1", "10.0.2.2",
                             check=False).returncode == 0, 15, "h1 reaches h2")
    except BaseException:
        if vireo.process is not None:
            vireo.stop()
        lab.close()
        shutil.rmtree(STATE, ignore_errors=True)
        raise
    with open(RECORD, "w", encoding="utf-8") as text:
        json.dump({"pid": vireo.process.pid, "namespaces": lab.namespaces}, text)
    print("up. Try: ./vireo lab cli      ./vireo lab exec h1 ping 10.0.2.2      ./vireo lab down")


def down():
    lab, _, pid = attach()
    if alive(pid):
        os.kill(pid, signal.SIGTERM)
        try:
            await_true(lambda: not alive(pid), 15, "the router manager ends")
        except LabError:
            os.kill(pid, signal.SIGKILL)
            time.sleep(0.2)
    lab.close()
    shutil.rmtree(STATE)
    print("down; nothing is left")


def status():
    lab, vireo, pid = attach()
    print(f"namespaces: {' '.join(lab.namespaces)}")
    print(f"state:      {STATE}   log: {STATE}/run.log")
    if not alive(pid):
        print("vireo:      not running (./vireo lab down cleans up)")
        return 1
    print(f"vireo:      pid {pid}")
    print(vireo.cli("show virtual-routers", check=False).stdout, end="")
    return 0


def enter(host, command):
    lab, _, _ = attach()
    name = lab.name(host)
    if name not in lab.namespaces:
        raise LabError(f"no host '{host}': there are "
                       f"{', '.join(n.removeprefix(PREFIX + '-') for n in lab.namespaces)}")
    if not command:
        raise LabError("which command? ./vireo lab exec HOST COMMAND ...")
    return subprocess.run(["ip", "netns", "exec", name, *command], check=False).returncode


def cli():
    _, vireo, _ = attach()
    return enter("r", ["ssh", "-t", *vireo.ssh_options(), "-p", str(CLI_PORT), "admin@127.0.0.1"])


def main():
    parser = argparse.ArgumentParser(prog="vireo lab")
    parser.add_argument("--out", required=True)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in ("up", "down", "status", "cli"):
        verbs.add_parser(verb)
    execute = verbs.add_parser("exec")
    execute.add_argument("host")
    execute.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    if arguments.verb == "exec":
        return enter(arguments.host, arguments.command)
    return {"up": up, "down": down, "status": status, "cli": cli}[arguments.verb]() or 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        sys.exit(f"vireo lab: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
