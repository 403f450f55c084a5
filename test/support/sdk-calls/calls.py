"""Calls STS with boto3 as it comes, and waits once in between. CALLS, CALLS_PAUSE (seconds) say how."""
import os
import time

import boto3

client = boto3.client("sts")
calls = int(os.environ["CALLS"])
for number in range(calls):
    if number == calls // 2:
        time.sleep(float(os.environ["CALLS_PAUSE"]))
    print(client.get_caller_identity()["Arn"], flush=True)
