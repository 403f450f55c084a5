// Calls STS with the JavaScript SDK as it comes, and waits once in between. CALLS, CALLS_PAUSE (seconds) say how.
import { setTimeout as wait } from 'node:timers/promises'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

const client = new STSClient()
const calls = Number(process.env.CALLS)
for (let number = 0; number < calls; number++) {
  if (number === calls / 2) await wait(Number(process.env.CALLS_PAUSE) * 1000)
  const { Arn } = await client.send(new GetCallerIdentityCommand())
  console.log(Arn)
}
