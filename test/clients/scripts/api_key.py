"""The way to an API key: who am I, a key of mine, its secret, a query with the secret alone, and the key's end."""

import json

from field_client import Client, signed_in

client = signed_in()
database = client.create_database("keys")
client.create_table(database, "things", False, {"n": {"type": "int"}})
user = client.expect(200, "GET", "/v2/users/current")["id"]
created = client.request("POST", f"/v2/users/{user}/keys", {"description": "a script"})
key = created.json()

by_key = Client({"X-API-Key": key["secret"]})
rows = by_key.sql(database, "select count(*) from things")
listed = client.expect(200, "GET", f"/v2/users/{user}/keys")["resources"]
revoked = client.request("DELETE", f"/v2/users/{user}/keys/{key['id']}")
after = by_key.request("POST", f"/v2/databases/{database}/query/sql", "select count(*) from things")
client.remove(database, [], ["things"])
print(
    json.dumps(
        {
            "created": created.status_code,
            "rows": rows,
            "listed": key["id"] in [one["id"] for one in listed],
            "secret_in_list": key["secret"] in json.dumps(listed),
            "revoked": revoked.status_code // 100,
            "after": after.status_code,
        }
    )
)
