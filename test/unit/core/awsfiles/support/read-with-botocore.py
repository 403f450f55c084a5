"""Reads many pairs of AWS files with the real botocore; stdin: JSON list of [config, credentials] paths.

stdout: JSON list of {"profiles", "ssoSessions"} or {"error"}, one for each pair.
"""
import json
import sys

import botocore.configloader
import botocore.exceptions
import botocore.session


# One session for all pairs: making one takes longer than reading two files.
session = botocore.session.Session()


def read(pair):
    session._config = None
    session.set_config_variable("config_file", pair[0])
    session.set_config_variable("credentials_file", pair[1])
    try:
        config = session.full_config
    except botocore.exceptions.ConfigParseError as error:
        return {"error": str(error)}
    return {"profiles": config["profiles"], "ssoSessions": config.get("sso_sessions", {})}


json.dump([read(pair) for pair in json.load(sys.stdin)], sys.stdout)
