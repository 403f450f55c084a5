"""
Resolves credential chains with botocore, calling the practice account: stdin is a JSON list of [config, credentials,
profile]. stdout: for each, the calls it made, or null when it refused. ENDPOINT and CONTROL_TOKEN say where.
"""
import json
import os
import sys
import urllib.request

import botocore.exceptions
import botocore.session


def practice(path, body=None):
    headers = {"authorization": f"Bearer {os.environ['CONTROL_TOKEN']}"}
    request = urllib.request.Request(f"{os.environ['ENDPOINT']}/_practice/{path}", body, headers)
    return json.loads(urllib.request.urlopen(request).read())


def resolve(config, shared, profile):
    practice("control", b'{"clearCalls": true}')
    session = botocore.session.Session(profile=profile)
    session.set_config_variable("config_file", config)
    session.set_config_variable("credentials_file", shared)
    try:
        session.create_client("sts", region_name="eu-west-1").get_caller_identity()
    except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
        return None
    return practice("calls")["calls"]


json.dump([resolve(*case) for case in json.load(sys.stdin)], sys.stdout)
