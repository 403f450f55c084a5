"""Reads many pairs of AWS files with a real botocore; stdin: JSON list of [config, credentials] paths.

argv: the package, "botocore" or the "awscli.botocore" inside version 2 of the AWS CLI; with "--version" after it, the
package's version is printed and nothing read.
stdout: JSON list of {"profiles", "ssoSessions", "services"} or {"error"}, one for each pair.
"""
import importlib
import json
import sys

package = importlib.import_module(sys.argv[1])
if "--version" in sys.argv:
    print(package.__version__, "on Python %d.%d.%d" % sys.version_info[:3])
    sys.exit()
# awscli.botocore goes by this name too once awscli is loaded; its own modules use it.
exceptions = importlib.import_module("botocore.exceptions")
# One session for all pairs: making one takes longer than reading two files.
session = importlib.import_module("botocore.session").Session()


def read(pair):
    session._config = None
    session.set_config_variable("config_file", pair[0])
    session.set_config_variable("credentials_file", pair[1])
    try:
        config = session.full_config
    except exceptions.ConfigParseError as error:
        return {"error": str(error)}
    return {
        "profiles": config["profiles"],
        "ssoSessions": config.get("sso_sessions", {}),
        "services": config.get("services", {}),
    }


json.dump([read(pair) for pair in json.load(sys.stdin)], sys.stdout)
