"""What an event weighs."""

import json
import unittest

from headgate_localstack.invocation import event_bytes


class EventBytes(unittest.TestCase):
    def test_escapes_and_spaces_do_not_count(self):
        for event in ({"a": [1, "é", {"b": "\u2028"}]}, "plain", [], {"half": "\ud800"}):
            plain = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
            self.assertEqual(event_bytes(json.dumps(event)), len(plain))

    def test_a_text_of_three_bytes_a_character(self):
        self.assertEqual(event_bytes(json.dumps("€" * 1_000)), 3_002)

    def test_what_is_no_json(self):
        self.assertEqual(event_bytes("é{"), 3)


if __name__ == "__main__":
    unittest.main()
