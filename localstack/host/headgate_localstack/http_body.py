"""Reads a request's body off a connection: by its length or in chunks, up to a limit."""

from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO

PIECE_BYTES = 65_536
"""Largest piece that is read at once."""


class BodyTooLarge(Exception):
    """The body had `size` bytes; all of it was read, so that the connection can go on."""

    def __init__(self, size: int):
        super().__init__(f"{size} bytes")
        self.size = size


def read_body(headers: Message, stream: BinaryIO, bytes_max: int) -> bytes:
    """Raises BodyTooLarge beyond `bytes_max`, and EOFError when the body breaks off."""
    chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
    pieces = _chunks(stream) if chunked else _pieces(stream, int(headers.get("Content-Length") or 0))
    kept = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size <= bytes_max:
            kept.append(piece)
    if size > bytes_max:
        raise BodyTooLarge(size)
    return b"".join(kept)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while size := int(_line(stream).split(b";")[0], 16):
        yield from _pieces(stream, size)
        _line(stream)
    while _line(stream).strip():
        pass  # Trailers.


def _pieces(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0:
        piece = stream.read(min(size, PIECE_BYTES))
        if not piece:
            raise EOFError("the body breaks off")
        size -= len(piece)
        yield piece


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline(PIECE_BYTES)
    if not line.endswith(b"\n"):
        raise EOFError("the body breaks off")
    return line
