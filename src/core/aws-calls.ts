/** AWS's calls as this Hallpass may make them: to the practice account alone if it is one's, and none while it is locked. */
import { createIam, type IamCalls } from './aws/iam.ts'
import { createSts, type Env, type FederationCalls, type OnAnswer, type StsCalls } from './aws/index.ts'
import { type Gate, gateIam, gateSts } from './lock/gate.ts'
import { practiceSts } from './practice/guards.ts'

export interface AwsCallsParts {
  readonly env: Env
  readonly onAnswer: OnAnswer
  readonly isPractice: boolean
  readonly gate: Gate | undefined
}

export interface AwsCalls {
  readonly sts: StsCalls & FederationCalls
  readonly iam: IamCalls
}

export function createAwsCalls({ env, onAnswer, isPractice, gate }: AwsCallsParts): AwsCalls {
  const plain = createSts(env, onAnswer)
  const sts = isPractice ? practiceSts(plain) : plain
  const iam = createIam(env, onAnswer)
  return gate ? { sts: gateSts(sts, gate), iam: gateIam(iam, gate) } : { sts, iam }
}
