"""Resolves credential chains with the real botocore, without calling anything; stdin: JSON list of [config,
credentials, profile].

stdout: JSON list of {"chain": [[kind, detail], ...]} from the source outward, or {"error", "message"}; null in place
of the chain when botocore finds no credentials in the profile.
"""
import json
import sys

import botocore.credentials as credentials
import botocore.exceptions
import botocore.session

# What would need a process, a machine or a library that may be missing answers with its own name instead.
credentials.ProcessProvider._retrieve_credentials_using = lambda self, command: {
    "access_key": "process:" + self._profile_name,
    "secret_key": "x",
}
credentials.LoginProvider.load = lambda self: (
    credentials.Credentials("login:" + self._profile_name, "x")
    if "login_session" in self._load_config()["profiles"].get(self._profile_name, {})
    else None
)
credentials.CanonicalNameCredentialSourcer.source_credentials = lambda self, name: credentials.Credentials(
    "credential-source:" + name, "x"
)

# An object of its own for the SSO profile a set of credentials belongs to.
_load_sso = credentials.SSOProvider.load


def load_sso(self):
    found = _load_sso(self)
    if found is not None:
        found.profile = self._profile_name
    return found


credentials.SSOProvider.load = load_sso


def describe(found):
    refresh = getattr(found, "_refresh_using", None)
    fetcher = getattr(getattr(refresh, "_refresh", refresh), "__self__", None)
    if isinstance(fetcher, credentials.AssumeRoleCredentialFetcher):
        given = {key: value for key, value in fetcher._assume_kwargs.items()}
        if fetcher._using_default_session_name:
            del given["RoleSessionName"]
        return describe(fetcher._source_credentials) + [["assume-role", given]]
    if isinstance(fetcher, credentials.AssumeRoleWithWebIdentityCredentialFetcher):
        return [["web-identity", fetcher._role_arn]]
    if isinstance(fetcher, credentials.SSOCredentialFetcher):
        return [["sso", found.profile]]
    kind, _, detail = found.access_key.partition(":")
    return [[kind, detail]]


# One session for each profile name: making one takes longer than resolving a chain.
sessions = {}


def resolve(case):
    config, shared, profile = case
    session = sessions.get(profile) or botocore.session.Session(profile=profile)
    sessions[profile] = session
    session._config = None
    session._profile_map = None
    session.set_config_variable("config_file", config)
    session.set_config_variable("credentials_file", shared)
    try:
        resolver = credentials.create_credential_resolver(session, region_name="eu-west-1")
        # What comes after the profile's own providers looks elsewhere.
        for method in ["ec2-credentials-file", "boto-config", "container-role", "iam-role"]:
            resolver.remove(method)
        found = resolver.load_credentials()
    except botocore.exceptions.BotoCoreError as error:
        return {"error": type(error).__name__, "message": str(error)}
    return {"chain": None if found is None else describe(found)}


json.dump([resolve(case) for case in json.load(sys.stdin)], sys.stdout)
