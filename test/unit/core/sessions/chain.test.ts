import { describe, expect, it } from 'vitest'
import { findTarget } from '#core/names.ts'
import {
  type Chain,
  fingerprintChain,
  preferredRegion,
  resolveChain,
  sessionNameOf,
  stsRegion,
} from '#core/sessions/chain.ts'
import type { RoleSettings } from '#shared/roles.ts'
import { createWorld } from './world.ts'

function chainOf(settings: Partial<RoleSettings> = {}, identityEdit = {}, roleEdit = {}): Chain {
  const world = createWorld()
  const role = world.role('target', world.identity(identityEdit), settings, roleEdit)
  return resolveChain(world.store, { kind: 'role', role, key: 'role:target' })
}

describe('resolveChain', () => {
  it('follows a role of any depth to its identity, origin first', () => {
    const world = createWorld()
    let from: ReturnType<typeof world.role> | ReturnType<typeof world.identity> = world.identity()
    for (let depth = 0; depth < 30; depth++) from = world.role(`r${depth}`, from)
    const chain = resolveChain(world.store, findTarget(world.store, 'r29'))
    expect(chain.identity.name).toBe('dana')
    expect(chain.roles.map((role) => role.name)).toEqual(Array.from({ length: 30 }, (_, index) => `r${index}`))
  })

  it('refuses a circle', () => {
    const world = createWorld()
    const a = world.role('a', world.identity())
    const b = world.role('b', a)
    world.role('a', b)
    expect(() => resolveChain(world.store, findTarget(world.store, 'b'))).toThrow(
      expect.objectContaining({ code: 'chain.cycle' }),
    )
    const self = world.role('self', a)
    world.role('self', self)
    expect(() => resolveChain(world.store, findTarget(world.store, 'self'))).toThrow(
      expect.objectContaining({ code: 'chain.cycle' }),
    )
  })

  it('names the role whose source is gone', () => {
    const world = createWorld()
    const identity = world.identity()
    const a = world.role('a', identity)
    world.role('b', a)
    world.store.identities.remove(identity.id)
    expect(() => resolveChain(world.store, findTarget(world.store, 'b'))).toThrow(
      expect.objectContaining({
        code: 'identity.not-found',
        message: 'a is assumed from dana, which is no longer there.',
      }),
    )
    world.store.roles.remove('a')
    expect(() => resolveChain(world.store, findTarget(world.store, 'b'))).toThrow(
      expect.objectContaining({ code: 'role.not-found' }),
    )
  })
})

describe('regions', () => {
  it.each([
    ['the role’s own', chainOf({ region: 'eu-west-1' }, { region: 'eu-north-1' }), 'eu-west-1', 'eu-west-1'],
    ['the identity’s', chainOf({}, { region: 'eu-north-1' }), 'eu-north-1', 'eu-north-1'],
    ['the partition’s', chainOf(), 'us-east-1', null],
    [
      'not one of another partition',
      chainOf({}, { region: 'eu-north-1' }, { partition: 'aws-cn' }),
      'cn-north-1',
      null,
    ],
  ])('%s', (_case, chain, forSts, chosen) => {
    expect(stsRegion(chain)).toBe(forSts)
    expect(preferredRegion(chain)).toBe(chosen)
  })
})

describe('sessionNameOf', () => {
  const { identity } = chainOf()
  it.each([
    [identity, 'mine', 'mine'],
    [identity, undefined, 'hallpass-dana.whitfield'],
    [{ ...identity, userArn: null, name: 'Dana / work: é' }, undefined, 'hallpass-Dana---work---'],
    [{ ...identity, userArn: 'arn:aws:iam::987654321098:root' }, undefined, 'hallpass-root'],
    [{ ...identity, userArn: `arn:aws:iam::1:user/${'u'.repeat(64)}` }, undefined, `hallpass-${'u'.repeat(55)}`],
  ])('%#', (of, own, name) => {
    expect(sessionNameOf(of, own)).toBe(name)
    expect(name).toMatch(/^[\w+=,.@-]{2,64}$/)
  })
})

describe('fingerprintChain', () => {
  const print = (chain: Chain, mfa = false, endpoint = 'https://sts') => fingerprintChain(chain, { mfa, endpoint })

  it('is the same for the same settings, and for what credentials do not depend on', () => {
    expect(print(chainOf({ externalId: 'xx' }))).toBe(print(chainOf({ externalId: 'xx' })))
    expect(print(chainOf({ color: 'ffffff', profile: 'p', environment: 'prod' }))).toBe(print(chainOf()))
    expect(print(chainOf({}, {}, { name: 'renamed' }))).toBe(print(chainOf()))
  })

  it.each([
    ['region', chainOf({ region: 'eu-west-1' })],
    ['duration', chainOf({ durationSeconds: 900 })],
    ['session name', chainOf({ sessionName: 'other' })],
    ['external id', chainOf({ externalId: 'other' })],
    ['source identity', chainOf({ sourceIdentity: 'other' })],
    ['tags', chainOf({ tags: [{ key: 'a', value: 'b' }] })],
    ['transitive keys', chainOf({ transitiveTagKeys: ['a'] })],
    ['policy', chainOf({ policy: '{}' })],
    ['policy ARNs', chainOf({ policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] })],
    ['role ARN', chainOf({}, {}, { arn: 'arn:aws:iam::123456789012:role/x' })],
    ['source key', chainOf({}, { accessKeyId: 'AKIAOTHER' })],
    ['identity region', chainOf({}, { region: 'eu-west-1' })],
  ])('changes with the %s', (_setting, changed) => {
    expect(print(changed)).not.toBe(print(chainOf()))
  })

  it('changes with MFA, its device and the endpoint', () => {
    const chain = chainOf()
    const prints = [
      print(chain),
      print(chain, true),
      print(chainOf({}, { mfaSerial: 'GAHT12345678' }), true),
      print(chain, false, 'http://x'),
    ]
    expect(new Set(prints).size).toBe(4)
  })

  it('changes with any role on the way', () => {
    const build = (externalId: string) => {
      const world = createWorld()
      world.role('b', world.role('a', world.identity(), { externalId }))
      return print(resolveChain(world.store, findTarget(world.store, 'b')))
    }
    expect(build('one')).not.toBe(build('two'))
  })
})
