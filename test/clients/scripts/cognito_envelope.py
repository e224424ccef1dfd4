"""The shell client's way to sign in: it speaks to Cognito itself, whose envelope our token route takes."""

import json
import os

import requests
from field_client import URL, Client

envelope = {
    "AuthParameters": {"USERNAME": os.environ["HEADGATE_USERNAME"], "PASSWORD": os.environ["HEADGATE_PASSWORD"]},
    "AuthFlow": "USER_PASSWORD_AUTH",
    "ClientId": "6i8l1tdg5pdk2aajudi4p7bcl1",
}
headers = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
}
answer = requests.post(URL + "/", headers=headers, data=json.dumps(envelope), timeout=60)
result = answer.json()["AuthenticationResult"]

refresh = {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": result["RefreshToken"]}}
refreshed = requests.post(URL + "/", headers=headers, data=json.dumps(refresh), timeout=60)

envelope["AuthParameters"]["PASSWORD"] = "wrong"
refused = requests.post(URL + "/", headers=headers, data=json.dumps(envelope), timeout=60)

# The shell client sends the token alone.
bare = Client({"Authorization": result["IdToken"]})
print(
    json.dumps(
        {
            "status": answer.status_code,
            "keys": sorted(result),
            "expires_in": result["ExpiresIn"],
            "token_type": result["TokenType"],
            "refreshed": refreshed.status_code,
            "refused": refused.status_code,
            "bare": bare.request("GET", "/v2/databases").status_code,
        }
    )
)
