"""The CSV tutorial's client: where an answer's records speak of over-rate, it sleeps a second and sends once more."""

import json
import time

from field_client import signed_in

client = signed_in()
database = client.create_database("ages")
client.create_table(database, "ages", True, {"age": {"type": "int", "min": 0, "max": 200}})
sink = client.create_sink(
    database, "ages", [{"name": "_id", "path": ["name"]}, {"name": "age", "path": ["age"]}]
)
client.expect(200, "PUT", f"/v2/sinks/{sink}/quota", {"records_per_second": 200, "burst_seconds": 1})


def post(records):
    answer = client.request("POST", f"/v2/sinks/{sink}", json.dumps({"records": records}))
    if answer.status_code != 200:
        raise RuntimeError(answer.text)
    return answer


sent_again = 0
resends_refused = 0
batches = [[{"value": {"name": f"person {b}-{i}", "age": i % 100}} for i in range(200)] for b in range(4)]
for batch in batches:
    answer = post(batch)
    if "ProvisionedThroughputExceededException" in str(answer.json()["records"]):
        time.sleep(1)
        sent_again += 1
        answer = post(batch)
        if "ProvisionedThroughputExceededException" in str(answer.json()["records"]):
            resends_refused += 1
    client.visible(answer)

facts = {
    "sent_again": sent_again,
    "resends_refused": resends_refused,
    "count": client.sql(database, "select count(*) from ages")[0][0],
    "sum": client.sql(database, "select sum(age) from ages")[0][0],
}
client.remove(database, [sink], ["ages"])
print(json.dumps(facts))
