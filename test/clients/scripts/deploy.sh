#!/usr/bin/env bash
# The habits of the scripts that deployed the iris sample: the token alone, text/plain on everything, a slash behind the
# table route, vendor types on queries, and answers taken apart with grep and sed.
set -euo pipefail
HEADERS=()

send() { # method, path, content type, body
  curl --silent --show-error --location --request "$1" "$HEADGATE_URL$2" "${HEADERS[@]}" \
    --header "Content-Type: $3" ${4:+--data-raw "$4"}
}
# As it stands in those scripts.
value_of() { grep -Eo "\"$1\":.*?[^\\]\"," | sed -e 's/[", :]*//g' | sed -e "s/^$1//"; }
wait_for() { # path, key, value
  for _ in $(seq 600); do
    STATUS=$(send GET "$1" text/plain | value_of "$2")
    [ "$STATUS" = "$3" ] && echo "$STATUS" && return
    sleep 0.1
  done
  exit 1
}
wait_gone() { # path
  for _ in $(seq 600); do
    CODE=$(curl --silent --output /dev/null --write-out '%{http_code}' "${HEADERS[@]}" "$HEADGATE_URL$1")
    [ "$CODE" = 404 ] && return
    sleep 0.1
  done
  exit 1
}

TOKEN=$(send POST '' application/x-www-form-urlencoded '{
    "USERNAME": "'"$HEADGATE_USERNAME"'",
    "PASSWORD": "'"$HEADGATE_PASSWORD"'"
}' | value_of IdToken)
HEADERS=(--header "Authorization: $TOKEN")

ID=$(send POST /v1/deployments text/plain '{
    "name": "iris-shell-'$$'", "deployment_options": { "shape": "8GB" }
}' | value_of id)
wait_for "/v1/deployments/$ID" deployment_status RUNNING
send POST "/v1/tables/$ID/" text/plain '{"name": "iris_table", "description": "table holding iris data"}' > /dev/null
SOURCE=$(send POST /v1/sinks text/plain '{
    "name": "iris-shell-source-'$$'",
    "sink_details": { "deployment_id": "'"$ID"'", "table": "iris_table" },
    "schema": {
        "type": "json", "id_field": "id", "primary_key_fields": null, "allow_missing_fields": false,
        "definition": [
            { "name": "id", "path": ["id"], "type": "id", "config": { "Mutex": false } },
            { "name": "petallength", "path": ["petalLength"], "type": "decimal", "config": { "Scale": 2 } },
            { "name": "species", "path": ["species"], "type": "string", "config": { "Mutex": true } }
        ]
    }
}' | value_of id)
wait_for "/v1/sinks/$SOURCE" status ACTIVE

# The page's records: what its command sends behind --data-raw.
RECORDS=$(sed -e "1,/--data-raw/d" -e "s/}'\$/}/" test/fixtures/pages/v1-quick-start/07-ingest.curl)
ANSWER=$(send POST "/v1/sinks/$SOURCE" application/json "{$RECORDS")
echo "$(grep -o '{"status":"success"}' <<< "$ANSWER" | wc -l) taken"

count() { # species
  send POST "/v1/deployments/$ID/query" application/vnd.molecula.pql \
    '{"language":"pql","statement":"[iris_table]Count(Row(species='"'$1'"'))"}' |
    grep -Eo '"Uint64Val":[0-9]+' | sed 's/.*://'
}
for SPECIES in setosa versicolor virginica; do
  for _ in $(seq 600); do
    COUNT=$(count "$SPECIES" || true)
    [ "${COUNT:-0}" = 50 ] && break
    sleep 0.1
  done
  echo "$SPECIES $COUNT"
done

send DELETE "/v1/sinks/$SOURCE" text/plain > /dev/null
wait_gone "/v1/sinks/$SOURCE"
send DELETE "/v1/tables/$ID/iris_table" text/plain > /dev/null
wait_gone "/v1/tables/$ID/iris_table"
send DELETE "/v1/deployments/$ID" text/plain > /dev/null
wait_gone "/v1/deployments/$ID"
echo gone
