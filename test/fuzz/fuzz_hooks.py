"""What the fuzzer does beyond the OpenAPI document: it calls as two tenants, puts ids that exist into paths and
bodies, of either tenant, and looks in every answer for what belongs to the other one.

HEADGATE_FUZZ is JSON, made by test/fuzz/prepare-tenants.ts: for each tenant its token, its canary, and values by the
name of a parameter, with those that may be deleted apart.
"""

import atexit
import collections
import hashlib
import json
import os
import random

import requests
import schemathesis

PLACE = json.loads(os.environ["HEADGATE_FUZZ"])
TENANTS = PLACE["tenants"]
SEED = PLACE["seed"]

# Nothing of these operations may be done to what the run itself needs.
DESTRUCTIVE = {
    "deleteDatabase",
    "deleteTable",
    "deleteTableColumn",
    "deleteSink",
    "v1DeleteDeployment",
    "v1DeleteTable",
    "v1DeleteSink",
    "putUser",
    "deleteUser",
    "putUserPassword",
    "resetUserPassword",
    "signOutUser",
    "deleteInvite",
    "putSinkSchema",
}


def random_of(case):
    """The same choices for the same generated case, so that a seed repeats a run and a failure can be made smaller."""
    what = repr((SEED, case.method, case.path, case.path_parameters, case.query, case.headers, case.body))
    return random.Random(hashlib.sha256(what.encode("utf-8", "replace")).digest())


@schemathesis.hook
def before_call(ctx, case, kwargs):
    chance = random_of(case)
    me = chance.choices(range(len(TENANTS)), [3, 1])[0]
    operation = case.operation.definition.raw.get("operationId")
    headers = dict(case.headers or {})
    headers.pop("X-API-Key", None)
    headers["Authorization"] = "Bearer " + TENANTS[me]["token"]
    if chance.random() < 0.03:
        del headers["Authorization"]
    case.headers = headers
    # One source for all ids of a request: two that belong together get further than two that do not.
    source = chance.choices(["own", "other", "generated"], [6, 3, 1])[0]
    if source == "generated":
        return
    owner = me if source == "own" else 1 - me
    values = TENANTS[owner]["spare" if source == "own" and operation in DESTRUCTIVE else "values"]
    parameters = dict(case.path_parameters or {})
    for name in parameters:
        if name == "column" and operation == "createTableColumn":
            parameters[name] = f"c{chance.randrange(10**6)}"
        elif name == "database_id" and "table" in parameters:
            # Spare tables stand in the database that stays.
            parameters[name] = chance.choice(TENANTS[owner]["values"][name])
        elif values.get(name):
            parameters[name] = chance.choice(values[name])
        elif source == "own" and operation in DESTRUCTIVE:
            parameters[name] = "none"
    case.path_parameters = parameters
    if operation in WELL_FORMED and chance.random() < 0.3:
        case.body = WELL_FORMED[operation](chance)
    case.body = with_ids(case.body, values, chance)


def with_ids(part, values, chance):
    """A body with ids that exist in the places of those that were generated."""
    if isinstance(part, dict):
        return {
            name: chance.choice(values[PLACES[name]])
            if name in PLACES and values.get(PLACES[name]) and isinstance(value, str)
            else with_ids(value, values, chance)
            for name, value in part.items()
        }
    if isinstance(part, list):
        return [with_ids(item, values, chance) for item in part]
    return part


def sink_schema(key):
    typed = {"type": "string", "config": {"Mutex": True}}
    items = [{"name": key, "path": ["id"], **typed}, {"name": "name", "path": ["name"], **typed}]
    return {"primary_key_fields": [key], "allow_missing_fields": True, "definition": items}


def sink_body(key):
    return lambda chance: {
        "name": f"fuzzed-{chance.randrange(10**9)}",
        "sink_details": {"database_id": "", "table": ""},
        "schema": sink_schema(key),
    }


# Bodies that a generator is too unlikely to find; ids are put into them like into all others.
WELL_FORMED = {
    "createSink": sink_body("_id"),
    "v1CreateSink": sink_body("id"),
    "putSinkSchema": lambda chance: sink_schema("_id"),
    "postKey": lambda chance: {"description": "fuzzed"},
    "putUserKey": lambda chance: {"description": "fuzzed"},
    "putToken": lambda chance: {"description": "fuzzed"},
    "putUser": lambda chance: {"role": "User"},
    "createReplay": lambda chance: {"from": "archive", "dry_run": chance.random() < 0.5},
    "createTableColumn": lambda chance: {"options": {"type": chance.choice(["int", "set", "mutex", "bool"])}},
    "postDataRecords": lambda chance: {"records": [{"value": {"id": f"f{chance.randrange(50)}", "name": "fuzzed"}}]},
    "queryDatabase": lambda chance: {"language": "sql", "statement": "select * from things"},
    "querySqlDatabase": lambda chance: "select * from things",
    "queryPqlDatabase": lambda chance: "[things]All()",
}

PLACES = {
    "database_id": "database_id",
    "deployment_id": "database_id",
    "table": "table",
    "into": "sink_id",
    "sink_id": "sink_id",
    "receipt_id": "receipt_id",
}


def tenant_of(case):
    """Whose token went with a case."""
    sent = (case.headers or {}).get("Authorization", "")
    return next((i for i, tenant in enumerate(TENANTS) if sent == "Bearer " + tenant["token"]), None)


TALLY = collections.defaultdict(collections.Counter)


@schemathesis.hook
def after_call(ctx, case, response):
    """Counts answers by operation and status; a quota that a case has set would stop most of those after it."""
    operation = case.operation.definition.raw.get("operationId")
    TALLY[operation][str(response.status_code)] += 1
    if operation in {"putQuota", "putSinkQuota"} and response.status_code == 200:
        authorization = case.headers["Authorization"]
        requests.delete(response.request.url, headers={"Authorization": authorization}, timeout=60)


@atexit.register
def write_tally():
    with open(os.environ["HEADGATE_FUZZ_TALLY"], "w", encoding="utf-8") as file:
        json.dump(TALLY, file)


@schemathesis.check
def nothing_of_another_tenant(ctx, response, case):
    """A canary stands in the names, texts and rows of its tenant alone."""
    me = tenant_of(case)
    for i, tenant in enumerate(TENANTS):
        if i != me and tenant["canary"].encode() in response.content:
            raise AssertionError(f"the answer to tenant {me} holds data of tenant {i}")


@schemathesis.check
def no_server_error(ctx, response, case):
    """Of those above 500 only a 503 that says when to come again."""
    if response.status_code >= 500 and not (response.status_code == 503 and "retry-after" in response.headers):
        raise AssertionError(f"HTTP {response.status_code}")


@schemathesis.check
def request_id_in_every_answer(ctx, response, case):
    if "x-headgate-request-id" not in response.headers:
        raise AssertionError("no X-Headgate-Request-Id")
