"""A NETCONF session through Debian's python3-ncclient.

ncclient opens its own TCP connection, so the session lives in a child process that enters the
lab's namespace first; requests and answers go over pipes. Any other client would do the same from
a host that reaches the router.
"""

import ctypes
import multiprocessing
import os
import signal

from .lab import LabError

NETCONF_PORT = 830


def _enter(namespace):
    descriptor = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        clone_newnet = 0x40000000
        if libc.setns(descriptor, clone_newnet) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter the namespace {namespace}")
    finally:
        os.close(descriptor)


def _serve(pipe, namespace, connection):
    from ncclient import manager
    from ncclient.operations import RPCError
    from ncclient.xml_ import to_ele

    # Ctrl-C is the parent's to handle; it closes this session in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _enter(namespace)
    try:
        session = manager.connect(**connection)
    except Exception as failure:  # what ncclient and paramiko raise has no common base
        pipe.send(("failed", f"{type(failure).__name__}: {failure}"))
        return
    pipe.send(("ok", sorted(session.server_capabilities)))
    while True:
        try:
            verb, arguments = pipe.recv()
        except (EOFError, ConnectionError):  # the parent has closed its end, or is gone
            return
        try:
            if verb == "dispatch":
                answer = session.dispatch(to_ele(arguments["rpc"]))
            else:
                answer = getattr(session, verb)(**arguments)
            pipe.send(("ok", getattr(answer, "xml", None) or str(answer)))
        except RPCError as error:
            pipe.send(("rpc-error", {
                "tag": error.tag, "type": error.type, "message": error.message, "path": error.path,
                "info": error.info,
            }))
        except Exception as failure:
            pipe.send(("failed", f"{type(failure).__name__}: {failure}"))


class RpcError(Exception):
    """The device answered rpc-error."""

    def __init__(self, fields):
        super().__init__(f"{fields['tag']}: {fields['message']} ({fields['path']})")
        self.tag = fields["tag"]
        self.message = fields["message"] or ""
        self.path = fields["path"] or ""
        self.info = fields["info"] or ""


class NetconfClient:
    """One session; use it with `with`."""

    def __init__(self, vireo, user="admin"):
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.child = context.Process(
            target=_serve,
            args=(other, vireo.lab.name(vireo.host), {
                "host": "127.0.0.1", "port": NETCONF_PORT, "username": user,
                "key_filename": vireo.key, "hostkey_verify": False, "look_for_keys": False,
                "allow_agent": False, "timeout": 60,
            }),
            daemon=True,
        )
        self.child.start()
        other.close()
        self.capabilities = self._answer()

    def _answer(self):
        try:
            kind, value = self.pipe.recv()
        except EOFError:
            raise LabError("the NETCONF client died") from None
        if kind == "rpc-error":
            raise RpcError(value)
        if kind == "failed":
            raise LabError(value)
        return value

    def call(self, verb, **arguments):
        """Any method of ncclient's manager; the reply as XML text."""
        self.pipe.send((verb, arguments))
        return self._answer()

    def dispatch(self, rpc):
        return self.call("dispatch", rpc=rpc)

    def edit(self, config, **options):
        return self.call(
            "edit_config", target="candidate",
            config=f'<config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">{config}</config>',
            **options,
        )

    def commit(self):
        return self.call("commit")

    def get_text(self, subtree):
        return self.call("get", filter=("subtree", subtree))

    def close(self):
        if self.child.is_alive():
            self.pipe.send(("close_session", {}))
            self.child.join(2)
        self.pipe.close()
        if self.child.is_alive():
            self.child.terminate()
        self.child.join(5)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
