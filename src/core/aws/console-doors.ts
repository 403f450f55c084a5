/**
 * Which way into the console is the right one for a role or an identity, and why. All that AWS may take stay open;
 * only what it refuses for certain is closed.
 *
 * Sources: IAM User Guide, "Switch from a user to an IAM role (console)" (who may switch, 64 characters of path and
 * name, the original identity authorises the switch) and "Enabling custom identity broker access to the AWS console".
 */
import type { ConsoleDoor, DoorOption, DoorReason } from '#shared/console.ts'
import { type PartitionId, partitionById } from '#shared/partitions.ts'
import { SWITCH_ROLE_LIMIT } from './console-links.ts'

/** What is known of a role or an identity. */
export interface DoorFacts {
  readonly kind: 'role' | 'identity'
  readonly partition: PartitionId
  /** Its way starts at the root user's key, which may neither assume a role nor be federated. */
  readonly isRoot: boolean
  /** Characters of path and name together, without the leading slash; 0 of an identity. */
  readonly pathAndNameLength: number
  readonly hasExternalId: boolean
  /** It is assumed from another role, not from an identity. */
  readonly isChained: boolean
  /** It is a permission set of Identity Center, taken through the access portal. */
  readonly isIdentityCenter: boolean
  /** The browser keeps several sessions side by side (the console's multi-session support). */
  readonly isMultiSession: boolean
}

type Ways = Readonly<Record<ConsoleDoor, readonly [possible: boolean, code: DoorReason]>>

const TEXTS: Readonly<Record<DoorReason, string>> = {
  'signed-in-console': 'Uses the sign-in the browser already has, and carries no secret.',
  'own-session': 'Signs the browser in with this session, whoever is signed in there.',
  'path-and-name-too-long': `Path and name have more than ${SWITCH_ROLE_LIMIT} characters, and the console can’t switch to such a role.`,
  'external-id': 'The role has an external id, and the console can’t send one when it switches.',
  'chained-source':
    'The role is assumed from another role, and the console authorises a switch with the identity it was signed in with.',
  'multi-session': 'The browser keeps several sessions, and a sign-in link opens one beside the others.',
  'not-a-role': 'One can switch to roles only. The sign-in link signs in the IAM user itself, without MFA.',
  'root-user': 'It starts from a root user’s key, which AWS lets neither switch nor sign in this way.',
  'identity-center-role': 'The access portal signs in and takes the permission set in the account.',
  'no-identity-center': 'It does not come from IAM Identity Center, which alone has such links.',
  'console-not-public': 'The console of this partition is not public.',
}

/**
 * Every door, the proposed one first and those AWS refuses last. None is proposed where the first is not possible.
 */
export function proposeDoor(facts: DoorFacts): DoorOption[] {
  const [proposed, ways] = judge(facts)
  const order = [...new Set<ConsoleDoor>([proposed, 'switch-role', 'sign-in', 'identity-center'])]
  return order
    .map((door): DoorOption => {
      const [possible, code] = ways[door]
      return { door, possible, reason: { code, text: TEXTS[code] } }
    })
    .sort((one, other) => Number(other.possible) - Number(one.possible))
}

/**
 * Whether AWS takes a duration for the console session: of a role assumed directly with an IAM user's long-term key,
 * and of nothing else (IAM User Guide, "Enabling custom identity broker access to the AWS console").
 * @param sharesMfa it is assumed from the identity's own MFA session, which makes it a chained one
 */
export function takesSessionDuration(facts: DoorFacts, sharesMfa: boolean): boolean {
  return facts.kind === 'role' && !facts.isChained && !facts.isIdentityCenter && !facts.isRoot && !sharesMfa
}

function judge(facts: DoorFacts): [ConsoleDoor, Ways] {
  const none = (code: DoorReason): [ConsoleDoor, Ways] => [
    'switch-role',
    { 'switch-role': [false, code], 'sign-in': [false, code], 'identity-center': [false, 'no-identity-center'] },
  ]
  if (partitionById(facts.partition)?.consoleHost === undefined) return none('console-not-public')
  if (facts.isRoot) return none('root-user')
  if (facts.isIdentityCenter) {
    const code = 'identity-center-role'
    return [
      'identity-center',
      { 'identity-center': [true, code], 'sign-in': [true, 'own-session'], 'switch-role': [false, code] },
    ]
  }
  const why = againstSwitching(facts)
  const isImpossible = why === 'not-a-role' || why === 'path-and-name-too-long'
  return [
    why === undefined ? 'switch-role' : 'sign-in',
    {
      // What speaks for the one speaks against the other, and is said of both.
      'switch-role': [!isImpossible, why === undefined || why === 'multi-session' ? 'signed-in-console' : why],
      'sign-in': [true, why ?? 'own-session'],
      'identity-center': [false, 'no-identity-center'],
    },
  ]
}

function againstSwitching(facts: DoorFacts): DoorReason | undefined {
  if (facts.kind === 'identity') return 'not-a-role'
  if (facts.pathAndNameLength > SWITCH_ROLE_LIMIT) return 'path-and-name-too-long'
  if (facts.hasExternalId) return 'external-id'
  if (facts.isChained) return 'chained-source'
  return facts.isMultiSession ? 'multi-session' : undefined
}
