"""A mail server and a web address on this machine, which keep what they are sent."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Mailbox:
    """What a mail server took in; ``refuse`` makes it answer so to every message."""

    port: int = 0
    mails: list[Message] = field(default_factory=list)
    refuse: bytes = b""


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mail server that speaks just enough SMTP, for as long as the block runs."""
    box = Mailbox()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 hop thu\r\n")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    self.wfile.write(b"354 viet di\r\n")
                    self.take_in()
                elif verb == b"QUIT":
                    self.wfile.write(b"221 chao\r\n")
                    return
                else:
                    self.wfile.write(b"250 duoc\r\n")

        def take_in(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            if box.refuse:
                self.wfile.write(box.refuse + b"\r\n")
                return
            box.mails.append(message_from_bytes(b"".join(lines)))
            self.wfile.write(b"250 da nhan\r\n")

    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)) as port:
        box.port = port
        yield box


@dataclass
class Inbox:
    """What a web address was sent: headers and body; it answers with ``status``."""

    port: int = 0
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    location: str = ""

    @property
    def address(self) -> str:
        """Where to send to."""
        return f"http://127.0.0.1:{self.port}/nhan?khoa=1"


@contextmanager
def web_address() -> Iterator[Inbox]:
    """A web address that takes in what is posted, for as long as the block runs."""
    box = Inbox()

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.calls.append(({**self.headers, ":path": self.path}, body))
            self.send_response(box.status)
            if box.location:
                self.send_header("Location", box.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Keeps quiet."""

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Talk)) as port:
        box.port = port
        yield box


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[int]:
    """The server's port, while it runs in a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
