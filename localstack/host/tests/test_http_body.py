"""Bodies of every framing, as a client of the Runtime API may send them."""

import io
import unittest
from email.message import Message

from headgate_localstack.http_body import BodyTooLarge, read_body


def headers(**values: str) -> Message:
    message = Message()
    for name, value in values.items():
        message[name.replace("_", "-")] = value
    return message


class ReadBody(unittest.TestCase):
    def test_length(self):
        stream = io.BytesIO(b"abcdef")
        self.assertEqual(read_body(headers(Content_Length="4"), stream, 10), b"abcd")
        self.assertEqual(stream.read(), b"ef")

    def test_nothing(self):
        self.assertEqual(read_body(headers(), io.BytesIO(b"next request"), 10), b"")

    def test_chunks(self):
        stream = io.BytesIO(b"3\r\nabc\r\nA;note=1\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\nrest")
        self.assertEqual(read_body(headers(Transfer_Encoding="Chunked"), stream, 100), b"abc0123456789")
        self.assertEqual(stream.read(), b"rest")

    def test_large_chunk(self):
        data = bytes(200_000)
        stream = io.BytesIO(b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data))
        self.assertEqual(read_body(headers(Transfer_Encoding="chunked"), stream, 200_000), data)

    def test_too_large_is_read_to_its_end(self):
        stream = io.BytesIO(b"x" * 100 + b"rest")
        with self.assertRaises(BodyTooLarge) as raised:
            read_body(headers(Content_Length="100"), stream, 99)
        self.assertEqual(raised.exception.size, 100)
        self.assertEqual(stream.read(), b"rest")

    def test_breaks_off(self):
        for sent in (headers(Content_Length="9"), headers(Transfer_Encoding="chunked")):
            with self.assertRaises(EOFError):
                read_body(sent, io.BytesIO(b"9\r\nabc"), 100)


if __name__ == "__main__":
    unittest.main()
