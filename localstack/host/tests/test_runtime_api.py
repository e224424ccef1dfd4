"""The Runtime API as a child sees it, over real connections."""

import http.client
import json
import threading
import time
import unittest

from headgate_localstack.invocation import InitFailed, Invocation
from headgate_localstack.runtime_api import PREFIX, RuntimeApi


def invocation(request_id: str) -> Invocation:
    return Invocation(request_id, "arn:f", b'{"a":1}', "Root=1", int(time.time() * 1000) + 5_000)


class Api(unittest.TestCase):
    def setUp(self):
        self.api = RuntimeApi(payload_bytes_max=100)
        self.addCleanup(self.api.end, b"{}")

    def call(self, method: str, path: str, body=None, headers={}, encode_chunked=False):
        connection = http.client.HTTPConnection(self.api.address, timeout=30)
        self.addCleanup(connection.close)
        connection.request(method, PREFIX + path, body, headers, encode_chunked=encode_chunked)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def test_an_invocation_goes_there_and_back(self):
        outcome = self.api.submit(invocation("r1"))
        status, headers, body = self.call("GET", "/invocation/next")
        self.assertEqual((status, body), (200, b'{"a":1}'))
        self.assertEqual(headers["Lambda-Runtime-Aws-Request-Id"], "r1")
        self.assertEqual(headers["Lambda-Runtime-Invoked-Function-Arn"], "arn:f")
        self.assertIsNone(self.api.ready.result(0))
        self.assertEqual(self.call("POST", "/invocation/r1/response", b"42")[0], 202)
        self.assertEqual((outcome.result(5).body, outcome.result(5).is_error), (b"42", False))
        self.assertEqual(self.call("POST", "/invocation/r1/response", b"43")[0], 400)

    def test_a_chunked_error(self):
        outcome = self.api.submit(invocation("r1"))
        chunked = {"Transfer-Encoding": "chunked"}
        self.call("POST", "/invocation/r1/error", iter([b"not", b" today"]), chunked, encode_chunked=True)
        self.assertEqual((outcome.result(5).body, outcome.result(5).is_error), (b"not today", True))

    def test_a_large_answer_becomes_an_error(self):
        outcome = self.api.submit(invocation("r1"))
        self.assertEqual(self.call("POST", "/invocation/r1/response", b"x" * 101)[0], 413)
        self.assertTrue(outcome.result(5).is_error)
        self.assertEqual(json.loads(outcome.result(5).body)["errorType"], "Function.ResponseSizeTooLarge")

    def test_an_init_error(self):
        self.assertEqual(self.call("POST", "/init/error", b"why")[0], 202)
        with self.assertRaises(InitFailed) as raised:
            self.api.ready.result(5)
        self.assertEqual(raised.exception.payload, b"why")

    def test_the_end_wakes_everybody(self):
        outcome = self.api.submit(invocation("r1"))
        self.call("GET", "/invocation/next")
        answers = []
        waiting = [threading.Thread(target=lambda: answers.append(self.api.next_invocation())) for _ in range(2)]
        for thread in waiting:
            thread.start()
        self.api.end(b"gone")
        for thread in waiting:
            thread.join(30)
        self.assertEqual(answers, [None, None])
        self.assertEqual((outcome.result(5).body, outcome.result(5).is_error), (b"gone", True))
        self.assertEqual(self.api.submit(invocation("r2")).result(5).body, b"gone")

    def test_other_paths_are_unknown(self):
        self.assertEqual(self.call("GET", "/elsewhere")[0], 404)
        self.assertEqual(self.call("POST", "/elsewhere", b"x")[0], 404)


if __name__ == "__main__":
    unittest.main()
