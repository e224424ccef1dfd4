"""From a token to a query with requests."""

import json
import os
import time
import uuid

import requests

url = os.environ["HEADGATE_URL"]
session = requests.Session()


def call(method, path, body=None):
    answer = session.request(method, url + path, json=body, timeout=60)
    answer.raise_for_status()
    return answer.json()


def until_state(path, key, state):
    """Waits until a resource has a state."""
    for _ in range(300):
        if call("GET", path)[key] == state:
            return
        time.sleep(0.2)
    raise TimeoutError(f"{path} did not become {state}")


def remove(path):
    """Deletes, as soon as it is allowed, and waits until the resource is gone."""
    for _ in range(300):
        if session.delete(url + path, timeout=60).status_code == 404:
            return
        time.sleep(0.2)
    raise TimeoutError(f"{path} did not go")


tokens = call(
    "POST", "/", {"USERNAME": os.environ["HEADGATE_USERNAME"], "PASSWORD": os.environ["HEADGATE_PASSWORD"]}
)
session.headers["Authorization"] = "Bearer " + tokens["AuthenticationResult"]["IdToken"]

database = call("POST", "/v2/databases", {"name": f"python-{uuid.uuid4().hex}"})["id"]
until_state(f"/v2/databases/{database}", "database_status", "RUNNING")

call(
    "POST",
    f"/v2/tables/{database}",
    {
        "name": "rooms",
        "options": {"keys": True, "trackExistence": True},
        "columns": [{"name": "temperature", "type": "decimal(1)"}, {"name": "tags", "type": "stringset"}],
    },
)

sink = call(
    "POST",
    "/v2/sinks",
    {
        "name": "rooms",
        "sink_details": {"database_id": database, "table": "rooms"},
        "schema": {
            "id_field": "_id",
            "allow_missing_fields": True,
            "definition": [
                {"name": "_id", "path": ["room"]},
                {"name": "temperature", "path": ["temperature"]},
                {"name": "tags", "path": ["tags"]},
            ],
        },
    },
)["id"]
until_state(f"/v2/sinks/{sink}", "status", "ACTIVE")

records = [
    {"room": "kitchen", "temperature": 21.5, "tags": ["warm", "indoor"]},
    {"room": "cellar", "temperature": "12.3", "tags": ["cold"]},
    {"room": "attic", "temperature": "hot"},
]
# ack=visible: the answer comes when queries see the records.
sent = call("POST", f"/v2/sinks/{sink}?ack=visible", {"records": [{"value": record} for record in records]})
refused = [record["pointer"] for record in sent["records"] if record["status"] == "error"]
print(f"sent: {sent['success_count']} taken, {sent['error_count']} refused at {', '.join(refused)}")

# SQL goes as text. A statement that fails is a 200 with error.
statement = "select _id, temperature, tags from rooms order by _id"
answer = session.post(f"{url}/v2/databases/{database}/query/sql", data=statement, timeout=60).json()
if "error" in answer:
    raise RuntimeError(answer["error"])
print("rows:", json.dumps(answer["data"], separators=(",", ":")))

remove(f"/v2/sinks/{sink}")
remove(f"/v2/tables/{database}/rooms")
remove(f"/v2/databases/{database}")
print("deleted")
