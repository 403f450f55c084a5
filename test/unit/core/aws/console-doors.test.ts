import { describe, expect, it } from 'vitest'
import { type DoorFacts, proposeDoor, takesSessionDuration } from '#core/aws/index.ts'

const ROLE: DoorFacts = {
  kind: 'role',
  partition: 'aws',
  isRoot: false,
  pathAndNameLength: 8,
  hasExternalId: false,
  isChained: false,
  isIdentityCenter: false,
  isMultiSession: false,
}

/** `door code`, with a minus before what AWS refuses. */
const doors = (facts: Partial<DoorFacts>) =>
  proposeDoor({ ...ROLE, ...facts }).map(({ door, possible, reason }) => `${possible ? '' : '-'}${door} ${reason.code}`)

describe('proposeDoor', () => {
  it.each([
    [
      'a plain role',
      {},
      ['switch-role signed-in-console', 'sign-in own-session', '-identity-center no-identity-center'],
    ],
    [
      'path and name of 64 characters',
      { pathAndNameLength: 64 },
      ['switch-role signed-in-console', 'sign-in own-session', '-identity-center no-identity-center'],
    ],
    [
      'path and name of 65',
      { pathAndNameLength: 65 },
      ['sign-in path-and-name-too-long', '-switch-role path-and-name-too-long', '-identity-center no-identity-center'],
    ],
    [
      'an external id, which a trust policy may not insist on',
      { hasExternalId: true },
      ['sign-in external-id', 'switch-role external-id', '-identity-center no-identity-center'],
    ],
    [
      'a chained role',
      { isChained: true },
      ['sign-in chained-source', 'switch-role chained-source', '-identity-center no-identity-center'],
    ],
    [
      'a multi-session browser',
      { isMultiSession: true },
      ['sign-in multi-session', 'switch-role signed-in-console', '-identity-center no-identity-center'],
    ],
    [
      'what speaks loudest is said',
      { hasExternalId: true, isChained: true, isMultiSession: true },
      ['sign-in external-id', 'switch-role external-id', '-identity-center no-identity-center'],
    ],
    [
      'an identity',
      { kind: 'identity', pathAndNameLength: 0 },
      ['sign-in not-a-role', '-switch-role not-a-role', '-identity-center no-identity-center'],
    ],
    [
      'a role of Identity Center',
      { isIdentityCenter: true, hasExternalId: true },
      ['identity-center identity-center-role', 'sign-in own-session', '-switch-role identity-center-role'],
    ],
    [
      'a root user',
      { kind: 'identity', isRoot: true },
      ['-switch-role root-user', '-sign-in root-user', '-identity-center no-identity-center'],
    ],
    [
      'a role that starts from a root user',
      { isRoot: true },
      ['-switch-role root-user', '-sign-in root-user', '-identity-center no-identity-center'],
    ],
    [
      'a partition without public console',
      { partition: 'aws-iso' },
      ['-switch-role console-not-public', '-sign-in console-not-public', '-identity-center no-identity-center'],
    ],
  ] as const)('%s', (_case, facts, expected) => {
    expect(doors(facts)).toEqual(expected)
  })

  it('says the reason in a sentence', () => {
    for (const { reason } of proposeDoor({ ...ROLE, hasExternalId: true })) expect(reason.text).toMatch(/^[A-Z].*\.$/)
  })
})

describe('takesSessionDuration', () => {
  it.each([
    ['a role assumed directly', {}, false, true],
    ['one that shares an MFA session', {}, true, false],
    ['a chained role', { isChained: true }, false, false],
    ['a role of Identity Center', { isIdentityCenter: true }, false, false],
    ['an identity, by GetFederationToken', { kind: 'identity' }, false, false],
  ] as const)('%s', (_case, facts, sharesMfa, expected) => {
    expect(takesSessionDuration({ ...ROLE, ...facts }, sharesMfa)).toBe(expected)
  })
})
