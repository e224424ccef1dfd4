"""What clients of FeatureBase's service in the field have in common: untyped, bodies as text, no content type."""

import json
import os
import time
import uuid

import requests

URL = os.environ["HEADGATE_URL"]


def unique(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:10]}"


def id_token():
    credentials = {"USERNAME": os.environ["HEADGATE_USERNAME"], "PASSWORD": os.environ["HEADGATE_PASSWORD"]}
    answer = requests.post(url=URL, data=json.dumps(credentials), timeout=60)
    if answer.status_code != 200:
        raise RuntimeError(answer.text)
    return answer.json()["AuthenticationResult"]["IdToken"]


class Client:
    """Sends text without a Content-Type, as `data=str` of requests does."""

    def __init__(self, headers):
        self.headers = headers

    def request(self, method, path, body=None):
        data = None if body is None else body if isinstance(body, str) else json.dumps(body)
        answer = requests.request(method, URL + path, headers=self.headers, data=data, timeout=60)
        if "content-type" in {name.lower() for name in answer.request.headers}:
            raise AssertionError("this client must send no content type")
        return answer

    def expect(self, status, method, path, body=None):
        answer = self.request(method, path, body)
        if answer.status_code != status:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json()

    def wait(self, path, key, value):
        for _ in range(600):
            if self.expect(200, "GET", path)[key] == value:
                return
            time.sleep(0.1)
        raise TimeoutError(f"{path} did not become {value}")

    def visible(self, answer):
        """Waits until queries see what a records call brought."""
        self.wait("/v2/receipts/" + answer.headers["X-Headgate-Receipt"], "state", "visible")

    def create_database(self, name):
        body = {"name": unique(name), "database_options": {"shape": "8GB-Development"}}
        database = self.expect(201, "POST", "/v2/databases", body)["id"]
        self.wait(f"/v2/databases/{database}", "database_status", "RUNNING")
        return database

    def create_table(self, database, name, keys, fields):
        body = {"name": name, "description": "", "options": {"keys": keys, "trackExistence": True}}
        self.expect(201, "POST", f"/v2/tables/{database}", body)
        for field, options in fields.items():
            self.expect(201, "POST", f"/v2/tables/{database}/{name}/fields/{field}", {"options": options})

    def create_sink(self, database, table, definition, key="_id"):
        body = {
            "name": unique(table),
            "sink_details": {"database_id": database, "table": table},
            "schema": {
                "type": "json",
                "primary_key_fields": [key],
                "allow_missing_fields": False,
                "definition": definition,
            },
        }
        sink = self.expect(201, "POST", "/v2/sinks", body)["id"]
        self.wait(f"/v2/sinks/{sink}", "status", "ACTIVE")
        return sink

    def sql(self, database, statement):
        answer = self.expect(200, "POST", f"/v2/databases/{database}/query/sql", statement)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["data"]

    def remove(self, database, sinks, tables):
        paths = [f"/v2/sinks/{sink}" for sink in sinks]
        paths += [f"/v2/tables/{database}/{table}" for table in tables] + [f"/v2/databases/{database}"]
        for path in paths:
            for _ in range(600):
                if self.request("DELETE", path).status_code == 404:
                    break
                time.sleep(0.1)


def signed_in():
    return Client({"Authorization": "Bearer " + id_token()})
