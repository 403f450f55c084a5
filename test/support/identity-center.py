"""
Signs in to the practice account's Identity Center with botocore and works with what it gets. Prints JSON: what each
step gave, and where an answer is not what botocore's service model says. ENDPOINT and CONTROL_TOKEN say where.
"""
import base64
import hashlib
import json
import os
import pathlib
import re
import urllib.error
import urllib.parse
import urllib.request

import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["ENDPOINT"]
START_URL = os.environ["START_URL"]
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
TYPES = {"string": str, "integer": int, "long": int, "boolean": bool}
problems = []
checked = []


def check(shape, value, where):
    """Notes what the model does not have, or has as another type. The portal's lists end in a null token."""
    if value is None:
        return
    if shape.type_name == "structure":
        for name, member in value.items():
            if name in shape.members:
                check(shape.members[name], member, f"{where}.{name}")
            elif name != "__type":
                problems.append(f"{where} has {name}")
        for name in shape.required_members:
            if name not in value:
                problems.append(f"{where} lacks {name}")
    elif shape.type_name == "list":
        for member in value:
            check(shape.member, member, f"{where}[]")
    elif type(value) is not TYPES[shape.type_name]:
        problems.append(f"{where} is a {type(value).__name__}, no {shape.type_name}")


def check_answer(operation_model, response_dict, **_):
    body = json.loads(response_dict["body"] or "null")
    name, status = operation_model.name, response_dict["status_code"]
    checked.append(name)
    if status < 300:
        if operation_model.output_shape:
            check(operation_model.output_shape, body, name)
        return
    code = response_dict["headers"].get("x-amzn-errortype")
    shape = next((each for each in operation_model.error_shapes if each.name == code), None)
    if shape is None:
        # Portal: ForbiddenException and HTTP 500 are in no model.
        return
    check(shape, body, f"{name} {code}")
    if shape.metadata["error"]["httpStatusCode"] != status:
        problems.append(f"{name} {code} has status {status}")


session = botocore.session.Session()
config = Config(retries={"max_attempts": 0}, parameter_validation=False, signature_version=UNSIGNED)


def client(service, **more):
    made = session.create_client(service, region_name="eu-west-1", endpoint_url=ENDPOINT, **{"config": config, **more})
    if service != "sts":
        # Before botocore's own handler, which puts OAuth's description where it looks for a message.
        made.meta.events.register_first(f"before-parse.{service}.*", check_answer)
    return made


oidc, portal = client("sso-oidc"), client("sso")


def refusal(call, **given):
    try:
        call(**given)
    except ClientError as error:
        # botocore puts modelled fields beside the error it makes of them.
        return [type(error).__name__, error.response["ResponseMetadata"]["HTTPStatusCode"],
                error.response.get("error"), error.response["Error"].get("Message")]
    return "it went through"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


browser = urllib.request.build_opener(Stay)


def visit(url, form=None, headers=None):
    """@returns status, text and where it redirects to"""
    data = form if form is None or isinstance(form, bytes) else urllib.parse.urlencode(form).encode()
    try:
        reply = browser.open(urllib.request.Request(url, data, headers or {}))
    except urllib.error.HTTPError as error:
        reply = error
    return reply.status, reply.read().decode(), reply.headers.get("location")


def control(**command):
    headers = {"authorization": f"Bearer {os.environ['CONTROL_TOKEN']}"}
    status, text, _ = visit(f"{ENDPOINT}/_practice/control", json.dumps(command).encode(), headers)
    assert status == 200, text


def press(page, answer):
    fields = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', page))
    action = re.search(r'action="([^"]*)"', page).group(1)
    return visit(ENDPOINT + action, {**fields, "answer": answer})


def keys(registered):
    return {"clientId": registered["clientId"], "clientSecret": registered["clientSecret"]}


def sign_in_as_device(given):
    started = oidc.start_device_authorization(**given, startUrl=START_URL)
    press(visit(started["verificationUriComplete"])[1], "allow")
    return oidc.create_token(**given, grantType=DEVICE, deviceCode=started["deviceCode"])


def device():
    given = keys(oidc.register_client(clientName="botocore", clientType="public", scopes=["sso:account:access"]))
    started = oidc.start_device_authorization(**given, startUrl=START_URL)
    poll = {**given, "grantType": DEVICE, "deviceCode": started["deviceCode"]}
    pending, slow = refusal(oidc.create_token, **poll), refusal(oidc.create_token, **poll)
    press(visit(started["verificationUriComplete"])[1], "deny")
    control(clockSkewSeconds=10)
    denied = refusal(oidc.create_token, **poll)
    control(clockSkewSeconds=601)
    expired = refusal(oidc.create_token, **poll)
    control(clockSkewSeconds=0)
    stranger = refusal(oidc.create_token, **{**poll, "clientSecret": "x"})
    return {"pending": pending, "slow": slow, "denied": denied, "expired": expired, "stranger": stranger}


def refresh():
    given = keys(oidc.register_client(clientName="botocore", clientType="public", scopes=["sso:account:access"]))
    tokens = sign_in_as_device(given)
    again = {**given, "grantType": "refresh_token"}
    second = oidc.create_token(**again, refreshToken=tokens["refreshToken"])
    return {"old": refusal(oidc.create_token, **again, refreshToken=tokens["refreshToken"]),
            "rotated": second["refreshToken"] != tokens["refreshToken"]}


def code():
    redirect = "http://127.0.0.1:49152/oauth/callback"
    registered = oidc.register_client(
        clientName="botocore", clientType="public", scopes=["sso:account:access"], issuerUrl=START_URL,
        grantTypes=["authorization_code", "refresh_token"], redirectUris=["http://127.0.0.1/oauth/callback"])
    verifier = "v" * 64
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query = urllib.parse.urlencode({
        "response_type": "code", "client_id": registered["clientId"], "redirect_uri": redirect, "state": "s",
        "code_challenge_method": "S256", "scopes": "sso:account:access", "code_challenge": challenge})
    status, _, location = press(visit(f"{ENDPOINT}/authorize?{query}")[1], "allow")
    url = urllib.parse.urlsplit(location)
    back = dict(urllib.parse.parse_qsl(url.query))
    given = {**keys(registered), "grantType": "authorization_code", "code": back["code"], "codeVerifier": verifier}
    tokens = oidc.create_token(**given, redirectUri=redirect)
    return {"status": status, "to": f"{url.scheme}://{url.netloc}{url.path}", "state": back["state"],
            "type": tokens["tokenType"], "again": refusal(oidc.create_token, **given, redirectUri=redirect)}


def roles():
    given = keys(oidc.register_client(clientName="botocore", clientType="public", scopes=["sso:account:access"]))
    token = sign_in_as_device(given)["accessToken"]
    accounts = portal.get_paginator("list_accounts").paginate(accessToken=token, PaginationConfig={"PageSize": 3})
    seen = {}
    for account in accounts.build_full_result()["accountList"]:
        listed = portal.list_account_roles(accessToken=token, accountId=account["accountId"])["roleList"]
        seen[account["accountName"]] = [role["roleName"] for role in listed]
    role = {"accessToken": token, "accountId": "234567890123", "roleName": "PowerUserAccess"}
    made = portal.get_role_credentials(**role)["roleCredentials"]
    caller = client("sts", config=Config(), aws_access_key_id=made["accessKeyId"],
                    aws_secret_access_key=made["secretAccessKey"], aws_session_token=made["sessionToken"])
    result = {
        "seen": seen,
        "arn": caller.get_caller_identity()["Arn"],
        "forbidden": refusal(portal.get_role_credentials, **{**role, "accountId": "123456789012", "roleName": "x"}),
        "size": refusal(portal.list_accounts, accessToken=token, maxResults=101),
        "stranger": refusal(portal.list_accounts, accessToken="x"),
    }
    control(identityCenter={"tooManyNext": 1})
    result["tooMany"] = refusal(portal.list_accounts, accessToken=token)
    control(identityCenter={"failNext": 1})
    result["failed"] = refusal(portal.list_accounts, accessToken=token)
    portal.logout(accessToken=token)
    result["out"] = refusal(portal.list_accounts, accessToken=token)
    return result


def cached():
    """botocore's own provider: it renews the token of the shared cache, then fetches the role's credentials."""
    registered = oidc.register_client(clientName="botocore", clientType="public", scopes=["sso:account:access"])
    tokens = sign_in_as_device(keys(registered))
    cache = pathlib.Path(os.environ["HOME"], ".aws/sso/cache")
    cache.mkdir(parents=True)
    file = cache / f"{hashlib.sha1(b'corp').hexdigest()}.json"
    file.write_text(json.dumps({
        **keys(registered), "startUrl": START_URL, "region": "eu-west-1", "accessToken": "spent",
        "expiresAt": "2020-01-01T00:00:00Z", "registrationExpiresAt": "2999-01-01T00:00:00Z",
        "refreshToken": tokens["refreshToken"]}))
    profile = botocore.session.Session(profile="dev").create_client("sts", region_name="eu-west-1")
    return {"arn": profile.get_caller_identity()["Arn"],
            "renewed": json.loads(file.read_text())["refreshToken"] != tokens["refreshToken"]}


steps = {each.__name__: each() for each in (device, refresh, code, roles, cached)}
print(json.dumps({**steps, "problems": problems, "checked": sorted(set(checked))}))
