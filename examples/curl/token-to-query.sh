#!/usr/bin/env bash
# From a token to a query with curl, grep and sed.
set -euo pipefail
: "${HEADGATE_URL:?}" "${HEADGATE_USERNAME:?}" "${HEADGATE_PASSWORD:?}"
TOKEN=''

call() { # method, path, body
  curl --silent --show-error --fail-with-body --request "$1" "$HEADGATE_URL$2" \
    ${TOKEN:+--header "Authorization: Bearer $TOKEN"} ${3:+--data-raw "$3"}
}

# A text of an answer by its key. Answers of control calls have each key on a line of its own.
text_of() { grep -Eo "\"$1\":.*[^\\]\"," | sed -e 's/[", ]*//g' -e "s/^$1://"; }

# Waits until a resource has a state.
until_state() { # path, key, state
  for _ in $(seq 300); do
    [ "$(call GET "$1" | text_of "$2")" = "$3" ] && return
    sleep 0.2
  done
  echo "$1 did not become $3" >&2
  exit 1
}

# Deletes, as soon as it is allowed, and waits until the resource is gone.
remove() { # path
  for _ in $(seq 300); do
    case $(curl --silent --output /dev/null --write-out '%{http_code}' --request DELETE "$HEADGATE_URL$1" \
      --header "Authorization: Bearer $TOKEN") in
      404) return ;;
      *) sleep 0.2 ;;
    esac
  done
  echo "$1 did not go" >&2
  exit 1
}

TOKEN=$(call POST / "{\"USERNAME\":\"$HEADGATE_USERNAME\",\"PASSWORD\":\"$HEADGATE_PASSWORD\"}" | text_of IdToken)

DATABASE=$(call POST /v2/databases "{\"name\":\"curl-$$-$RANDOM\"}" | text_of id)
until_state "/v2/databases/$DATABASE" database_status RUNNING

call POST "/v2/tables/$DATABASE" '{
  "name": "rooms", "options": { "keys": true, "trackExistence": true },
  "columns": [{ "name": "temperature", "type": "decimal(1)" }, { "name": "tags", "type": "stringset" }]
}' > /dev/null

SINK=$(call POST /v2/sinks '{
  "name": "rooms", "sink_details": { "database_id": "'"$DATABASE"'", "table": "rooms" },
  "schema": {
    "id_field": "_id", "allow_missing_fields": true,
    "definition": [
      { "name": "_id", "path": ["room"] },
      { "name": "temperature", "path": ["temperature"] },
      { "name": "tags", "path": ["tags"] }
    ]
  }
}' | text_of id)
until_state "/v2/sinks/$SINK" status ACTIVE

# ack=visible: the answer comes when queries see the records.
SENT=$(call POST "/v2/sinks/$SINK?ack=visible" '{ "records": [
  { "value": { "room": "kitchen", "temperature": 21.5, "tags": ["warm", "indoor"] } },
  { "value": { "room": "cellar", "temperature": "12.3", "tags": ["cold"] } },
  { "value": { "room": "attic", "temperature": "hot" } }
] }')
number_of() { sed -E "s/.*\"$1\":([0-9]+).*/\1/" <<< "$SENT"; }
POINTER=$(sed -E 's/.*"pointer":"([^"]*)".*/\1/' <<< "$SENT")
echo "sent: $(number_of success_count) taken, $(number_of error_count) refused at $POINTER"

ANSWER=$(call POST "/v2/databases/$DATABASE/query/sql" 'select _id, temperature, tags from rooms order by _id')
echo "rows: $(sed -E 's/.*"data":(\[.*\]),"execution-time".*/\1/' <<< "$ANSWER")"

remove "/v2/sinks/$SINK"
remove "/v2/tables/$DATABASE/rooms"
remove "/v2/databases/$DATABASE"
echo deleted
