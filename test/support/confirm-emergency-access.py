"""Confirms emergency access from outside, with botocore alone. Reads {endpoint, admin, user, password?, key?, seed?} as
JSON from standard input, and prints what it saw of each row."""
import json
import sys

import botocore.session
from botocore.config import Config

job = json.load(sys.stdin)
session = botocore.session.Session()


def client(service, keys):
    return session.create_client(service, region_name="us-east-1", endpoint_url=job["endpoint"], config=Config(retries={"max_attempts": 0}),
        aws_access_key_id=keys["id"], aws_secret_access_key=keys["secret"], aws_session_token=keys.get("token"))


iam = client("iam", job["admin"])
user, group, role = "EmergencyAccess", "EmergencyAccessGroup", "SupportUserRole"
account = client("sts", job["admin"]).get_caller_identity()["Account"]


def names(call, key, field, **given):
    return sorted(each[field] for each in getattr(iam, call)(**given)[key])


def maybe(work):
    try:
        return work()
    except iam.exceptions.NoSuchEntityException:
        return None


seen = {
    "account": account,
    "user": maybe(lambda: iam.get_user(UserName=user)["User"]["Arn"]),
    "resetRequired": maybe(lambda: iam.get_login_profile(UserName=user)["LoginProfile"].get("PasswordResetRequired", False)),
    "members": maybe(lambda: [each["UserName"] for each in iam.get_group(GroupName=group)["Users"]]),
    "groupPolicies": maybe(lambda: names("list_attached_group_policies", "AttachedPolicies", "PolicyArn", GroupName=group)),
    "trust": maybe(lambda: iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]),
    "rolePolicies": maybe(lambda: names("list_attached_role_policies", "AttachedPolicies", "PolicyArn", RoleName=role)),
    "keys": maybe(lambda: names("list_access_keys", "AccessKeyMetadata", "AccessKeyId", UserName=user)),
    "devices": maybe(lambda: names("list_mfa_devices", "MFADevices", "SerialNumber", UserName=user)),
}


def document(arn):
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    return iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])["PolicyVersion"]["Document"]


copy = maybe(lambda: document(f"arn:aws:iam::{account}:policy/PowerUserExamplePolicy"))
seen["sameAsPowerUser"] = copy is not None and copy == document("arn:aws:iam::aws:policy/PowerUserAccess")
if job.get("key"):
    sts = client("sts", job["key"])
    seen["keyIs"] = sts.get_caller_identity()["Arn"]
    given = {"SerialNumber": job["serial"], "TokenCode": job["code"]} if job.get("code") else {}
    assumed = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/{role}", RoleSessionName="outside", SourceIdentity="INC-4711", **given)
    seen["assumed"] = assumed["AssumedRoleUser"]["Arn"]
print(json.dumps(seen))
