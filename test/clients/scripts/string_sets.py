"""The notebook that loads customers by the thousand: text keys, a set of texts, ingest types in the mapping."""

import json
import uuid

from field_client import signed_in

client = signed_in()
database = client.create_database("segments")
client.create_table(
    database,
    "customers",
    True,
    {
        "segs": {"type": "set", "keys": True, "cacheType": "none"},
        "city": {"type": "mutex", "keys": True, "cacheType": "none"},
        "spend": {"type": "int", "min": -9007199254740991, "max": 9007199254740991},
    },
)
sink = client.create_sink(
    database,
    "customers",
    [
        {"name": "_id", "path": ["customer_id"], "type": "string"},
        {"name": "segs", "path": ["segs"], "type": "strings"},
        {"name": "city", "path": ["city"], "type": "string"},
        {"name": "spend", "path": ["spend"], "type": "int"},
    ],
)


def customer(number):
    segments = ["all"] + (["even"] if number % 2 == 0 else []) + (["tenth"] if number % 10 == 0 else [])
    key = str(uuid.uuid5(uuid.NAMESPACE_OID, str(number)))
    return {"value": {"customer_id": key, "segs": segments, "city": f"city {number % 7}", "spend": number}}


customers = [customer(number) for number in range(3_000)]
answers = []
for start in range(0, len(customers), 1_000):
    body = json.dumps({"records": customers[start : start + 1_000]})
    answer = client.request("POST", f"/v2/sinks/{sink}", body)
    answers.append(answer)
taken = sum(answer.json()["success_count"] for answer in answers)
for answer in answers:
    client.visible(answer)

# The same customers once more with another segment: sets accumulate.
tenths = [one["value"] for one in customers[:1_000] if "tenth" in one["value"]["segs"]]
tenths = [{"value": {**value, "segs": ["second"]}} for value in tenths]
client.visible(client.request("POST", f"/v2/sinks/{sink}", json.dumps({"records": tenths})))

too_many = client.request("POST", f"/v2/sinks/{sink}", json.dumps({"records": customers[:1_001]}))
facts = {
    "statuses": [answer.status_code for answer in answers],
    "taken": taken,
    "count": client.sql(database, "select count(*) from customers")[0][0],
    "even": client.sql(database, "select count(*) from customers where segs = 'even'")[0][0],
    "second": client.sql(database, "select count(*) from customers where segs = 'tenth' and segs = 'second'")[0][0],
    "spend": client.sql(database, "select sum(spend) from customers")[0][0],
    "row": client.sql(database, f"select * from customers where _id = '{customers[0]['value']['customer_id']}'")[0][1:],
    "too_many": [too_many.status_code, too_many.json()["code"]],
}
client.remove(database, [sink], ["customers"])
print(json.dumps(facts))
