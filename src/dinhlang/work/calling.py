"""One call of another program's address, which must not become a call into our own network.

Only https (or, where the operator allows it, this machine itself). The name is resolved once, all
its addresses must be public, and the connection goes to the very address that was looked at: a
name that answers differently a moment later gains nothing. Redirects are not followed, what the
other side answers is not kept.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

TIMEOUT = 8.0
"""Seconds for each step of a call."""
LONGEST_ADDRESS = 400


class BadAddress(ValueError):
    """An address that will not be called; the message is for the user."""


class CallFailed(Exception):
    """A call that did not succeed; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart and found in order; ``path`` carries the query."""

    host: str
    port: int
    path: str
    is_secure: bool


def parse(address: str, *, loopback: bool) -> Target:
    """The address as a target, without asking the network. Raises ``BadAddress``.

    ``loopback`` allows this machine itself, also without https.
    """
    if len(address) > LONGEST_ADDRESS or any(ord(sign) <= 32 for sign in address):
        raise BadAddress("Địa chỉ không được dài quá 400 ký tự hoặc có dấu cách.")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise BadAddress("Không đọc được địa chỉ này.") from None
    host = parts.hostname or ""
    if not host or parts.username is not None or parts.password is not None:
        raise BadAddress("Địa chỉ phải có tên máy chủ và không chứa tên người dùng, mật khẩu.")
    near = _is_loopback_name(host)
    if near and not loopback:
        raise BadAddress("Không gọi được vào chính máy chủ này.")
    if parts.scheme != "https" and not (near and parts.scheme == "http"):
        raise BadAddress("Địa chỉ phải bắt đầu bằng https://.")
    if (literal := _ip(host)) is not None and not near:
        _check_public(literal)
    return Target(host, port or (443 if parts.scheme == "https" else 80), _path(parts),
                  parts.scheme == "https")  # fmt: skip


def _path(parts: SplitResult) -> str:
    path = parts.path or "/"
    try:
        path.encode("ascii")
        parts.query.encode("ascii")
    except UnicodeEncodeError:
        raise BadAddress("Địa chỉ chỉ gồm chữ không dấu; hãy viết dạng %XX.") from None
    return f"{path}?{parts.query}" if parts.query else path


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_loopback_name(host: str) -> bool:
    found = _ip(host)
    return host == "localhost" if found is None else found.is_loopback


def _check_public(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if not found.is_global or found.is_multicast or (inner is not None and not inner.is_global):
        raise BadAddress("Địa chỉ này thuộc mạng nội bộ nên không gọi.")


def resolve(target: Target, *, loopback: bool) -> str:
    """The IP address to connect to. Raises ``BadAddress`` where any of the name's is not public,
    ``CallFailed`` where the name is not known."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CallFailed(f"Không tìm thấy máy chủ {target.host}.") from error
    addresses = [str(row[4][0]).partition("%")[0] for row in found]
    if not addresses:
        raise CallFailed(f"Không tìm thấy máy chủ {target.host}.")
    for address in addresses:
        ip = ipaddress.ip_address(address)
        if not (loopback and ip.is_loopback and _is_loopback_name(target.host)):
            _check_public(ip)
    return addresses[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to an IP address that was looked at, under the name of its host."""

    def __init__(self, target: Target, ip: str, context: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self._ip, self._context = ip, context

    def connect(self) -> None:
        """Opens the socket to the pinned address; the certificate must be the host's."""
        plain = socket.create_connection((self._ip, self.port), TIMEOUT)
        if self._context is None:
            self.sock = plain
            return
        try:
            self.sock = self._context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def post(address: str, body: bytes, headers: Mapping[str, str], *, loopback: bool) -> int:
    """Posts the body and returns the 2xx status. Raises ``BadAddress`` and ``CallFailed``."""
    target = parse(address, loopback=loopback)
    ip = resolve(target, loopback=loopback)
    context = ssl.create_default_context() if target.is_secure else None
    connection = _Pinned(target, ip, context)
    try:
        connection.request("POST", target.path, body, dict(headers))
        status = connection.getresponse().status
    except TimeoutError:
        raise CallFailed(f"Máy chủ không trả lời trong {TIMEOUT:.0f} giây.") from None
    except ssl.SSLError:
        raise CallFailed("Chứng thư https của máy chủ không hợp lệ.") from None
    except (OSError, http.client.HTTPException) as error:
        raise CallFailed(f"Không kết nối được: {type(error).__name__}.") from error
    finally:
        connection.close()
    if 300 <= status < 400:
        raise CallFailed(f"Máy chủ chuyển hướng (mã {status}); hãy ghi thẳng địa chỉ cuối cùng.")
    if not 200 <= status < 300:
        raise CallFailed(f"Máy chủ trả lời mã {status}.")
    return status


def signature(secret: str, body: bytes) -> str:
    """``sha256=…``: the HMAC-SHA-256 of the body, by which the receiver knows who sent it."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
