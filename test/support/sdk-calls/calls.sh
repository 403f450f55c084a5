#!/bin/sh
# Calls STS with the AWS CLI named by the argument, and waits once in between. CALLS, CALLS_PAUSE (seconds) say how.
# Older CLIs read the endpoint from their own option only.
number=0
while [ "$number" -lt "$CALLS" ]; do
  if [ "$number" -eq $((CALLS / 2)) ]; then sleep "$CALLS_PAUSE"; fi
  "$1" sts get-caller-identity --query Arn --output text --endpoint-url "$AWS_ENDPOINT_URL_STS" || exit 1
  number=$((number + 1))
done
