"""Marks in a child's output: found wherever reads happen to cut it, never shown."""

import os
import tempfile
import unittest
from pathlib import Path

from headgate_localstack import function_log, output_pump
from headgate_localstack.function_log import FunctionLog
from headgate_localstack.output_pump import OutputPump

MARK = b"\0m:r1\0"


class Pumped(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = FunctionLog(Path(folder.name) / "f.log")
        self.addCleanup(self.log.close)

    def pump(self, pieces: list[bytes]) -> OutputPump:
        """A pump that has read all the pieces, each by a read of its own."""
        pump = OutputPump(os.open(os.devnull, os.O_RDONLY), "m", self.log)
        pending = b""
        for piece in pieces:
            pending = pump._pass_on(pending + piece)
        pump._keep(pending)
        return pump

    def test_marks_are_found_wherever_output_is_cut(self):
        text = b"one\n" + MARK + b"two" + MARK + b"\nthree"
        for cut in range(len(text) + 1):
            pump = self.pump([text[:cut], text[cut:]])
            self.assertEqual(pump.take(), "one\ntwo\nthree", cut)
            self.assertEqual(pump._marks["r1"], 2)
        pump = self.pump([bytes([byte]) for byte in text])
        self.assertEqual(pump.take(), "one\ntwo\nthree")

    def test_what_looks_like_a_mark_and_is_none_is_output(self):
        for text in (b"\0", b"\0m:", b"a\0b", b"\0m:r1\n", b"\0x:r1\0", b"\0\0\0", b"\0m:" + b"x" * 100):
            self.assertEqual(self.pump([text]).take(), text.decode())

    def test_a_read_pipe_ends_the_wait(self):
        reader, writer = os.pipe()
        pump = OutputPump(reader, "m", self.log)
        pump.start()
        os.write(writer, b"last words" + MARK)
        os.close(writer)
        pump.wait_for_marks("r1", 30)
        pump.wait_for_end(30)
        self.assertEqual(pump.take(), "last words")
        self.assertEqual(pump.take(), "")
        self.assertEqual(self.log.path.read_bytes(), b"last words")

    def test_memory_keeps_the_newest_part_and_the_file_all(self):
        size = output_pump.KEPT_BYTES_MAX
        pump = self.pump([b"old" + b"x" * size, b"new"])
        kept = pump.take()
        self.assertEqual(len(kept), size)
        self.assertTrue(kept.endswith("new"))
        self.assertEqual(self.log.path.stat().st_size, size + 6)


class FileSize(unittest.TestCase):
    def test_a_full_file_makes_way(self):
        with tempfile.TemporaryDirectory() as folder:
            log = FunctionLog(Path(folder) / "f.log")
            half = b"a" * (function_log.FILE_BYTES_MAX // 2)
            for _ in range(5):
                log.write(half)
            log.write(b"newest")
            log.close()
            sizes = {path.name: path.stat().st_size for path in Path(folder).iterdir()}
            self.assertEqual(sizes, {"f.log": len(half) + 6, "f.log.1": 2 * len(half)})


if __name__ == "__main__":
    unittest.main()
