"""The data generator's client: a sink with every type and config of /v1, and one record with all of its fields."""

import json
import pathlib

from field_client import signed_in, unique

fixtures = pathlib.Path("test/fixtures/v1-types")
schema = json.loads((fixtures / "schema.json").read_text(encoding="utf-8"))
history = json.loads((fixtures / "histories.json").read_text(encoding="utf-8"))[0]

client = signed_in()
body = {"name": unique("types"), "deployment_options": {"shape": "8GB"}}
deployment = client.expect(201, "POST", "/v1/deployments", body)["id"]
client.wait(f"/v1/deployments/{deployment}", "deployment_status", "RUNNING")
client.expect(201, "POST", f"/v1/tables/{deployment}", {"name": "alltypes", "description": ""})
details = {"deployment_id": deployment, "table": "alltypes"}
body = {"name": unique("types"), "sink_details": details, "schema": schema}
sink = client.expect(201, "POST", "/v1/sinks", body)["id"]
client.wait(f"/v1/sinks/{sink}", "status", "ACTIVE")

sent = [{"value": {"id": 1, **values}} for post in history["posts"] for values in post]
answer = client.request("POST", f"/v1/sinks/{sink}", json.dumps({"records": sent}))
client.visible(answer)

answered = client.expect(
    200, "POST", f"/v2/databases/{deployment}/query/sql", "select * from alltypes where _id = 1"
)
names = [field["name"] for field in answered["schema"]["fields"]]
row = dict(zip(names, answered["data"][0]))
facts = {
    "columns": len(names),
    "taken": answer.json()["success_count"],
    "other": {name: [row.get(name), value] for name, value in history["row"].items() if row.get(name) != value},
}
client.remove(deployment, [sink], ["alltypes"])
print(json.dumps(facts))
