import { beforeEach, describe, expect, it, vi } from 'vitest'
import { HallpassError } from '#shared/errors.ts'
import { createWorld, SERIAL, START, type World } from './world.ts'

const MINUTE = 60_000
const wrongCode = () => new HallpassError('sts.mfa-invalid', 'Wrong code.')
const offline = () => new HallpassError('network.unreachable', 'No network.')
const refused = () => new HallpassError('sts.access-denied', 'No.')
const nobody = () => new HallpassError('mfa.required', 'Nobody to ask.')

let world: World
beforeEach(() => {
  world = createWorld()
})

describe('what STS is asked', () => {
  it('passes every setting of a role on', async () => {
    const settings = {
      region: 'eu-west-1',
      durationSeconds: 7200,
      sessionName: 'mine',
      externalId: 'ext',
      sourceIdentity: 'dana',
      tags: [{ key: 'team', value: 'ops' }],
      transitiveTagKeys: ['team'],
      policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      policy: '{}',
    }
    world.role('admin', world.identity(), settings)
    const credentials = await world.engine.credentials('ADMIN')
    const { region, ...rest } = settings
    expect(world.calls).toEqual([
      {
        call: {
          credentials: { accessKeyId: 'AKIADANA', secretAccessKey: 'long-term-secret' },
          region,
          target: 'admin',
          caller: 'dana.whitfield',
        },
        request: { roleArn: 'arn:aws:iam::123456789012:role/admin', mfa: undefined, ...rest },
      },
    ])
    expect(credentials).toEqual({
      accessKeyId: 'ASIA1',
      secretAccessKey: 'secret-1',
      sessionToken: 'token-1',
      expiration: new Date(START + 7_200_000),
      accountId: '123456789012',
      roleArn: 'arn:aws:iam::123456789012:role/admin',
      assumedRoleArn: 'arn:aws:iam::123456789012:role/admin/mine',
      region,
    })
  })

  it('asks GetSessionToken for an identity, with its device', async () => {
    world.identity()
    const credentials = await world.engine.credentials('dana')
    expect(world.calls[0]?.request).toEqual({ durationSeconds: undefined, mfa: { serial: SERIAL, code: '111111' } })
    expect(credentials).toMatchObject({ roleArn: null, assumedRoleArn: null, accountId: '987654321098', region: null })
  })

  it('asks no code for an identity without a device', async () => {
    world.identity({ mfaSerial: null })
    await world.engine.credentials('dana')
    expect(world.prompts).toHaveLength(0)
  })

  it('assumes a chain one role from the other, and keeps the ones between', async () => {
    const a = world.role('a', world.identity(), { mfa: true })
    const b = world.role('b', a)
    world.role('c', b)
    await world.engine.credentials('c')
    expect(
      world.calls.map(({ call, request }) => [
        call.target,
        call.caller,
        call.credentials.accessKeyId,
        request.mfa?.code,
      ]),
    ).toEqual([
      ['a', 'dana.whitfield', 'AKIADANA', '111111'],
      ['b', 'a', 'ASIA1', undefined],
      ['c', 'b', 'ASIA2', undefined],
    ])
    expect(world.prompts).toEqual([{ serial: SERIAL, identity: 'dana', target: 'c' }])
    await world.engine.credentials('b')
    await world.engine.credentials('a')
    expect(world.calls).toHaveLength(3)
    expect(world.announced.map(([key]) => key)).toEqual(['role:a', 'role:b', 'role:c'])
  })

  it('sends the code on the first call when a later role wants it', async () => {
    const a = world.role('a', world.identity())
    world.role('b', a, { mfa: true })
    await world.engine.credentials('b', { mfaCode: '222222' })
    expect(world.calls.map(({ request }) => request.mfa?.code)).toEqual(['222222', undefined])
    expect(world.prompts).toHaveLength(0)
  })

  it('adds the partition’s ReadOnlyAccess, and neither keeps nor reuses such a session', async () => {
    world.role('cn', world.identity({ userArn: null }), {}, { partition: 'aws-cn' })
    await world.engine.credentials('cn')
    await world.engine.credentials('cn', { readOnly: true })
    expect(world.calls[1]?.request.policyArns).toEqual(['arn:aws-cn:iam::aws:policy/ReadOnlyAccess'])
    expect((await world.engine.credentials('cn')).accessKeyId).toBe('ASIA1')
  })
})

describe('what is refused before anybody is asked for a code', () => {
  it.each([
    [
      'a vault that is locked',
      () => {
        world.vaultProblem = new HallpassError('vault.locked', 'Locked.')
      },
      {},
      'vault.locked',
    ],
    ['a secret that is gone', () => world.secrets.delete('identity/i1/secret-access-key'), {}, 'vault.entry-lost'],
    [
      'a chained role of more than an hour',
      () => world.role('x', world.role('y', world.identity()), { mfa: true, durationSeconds: 14_400 }),
      {},
      'sts.duration-chaining',
    ],
    [
      'a duration given that is too long',
      () => world.role('x', world.role('y', world.identity()), { mfa: true }),
      { durationSeconds: 3601 },
      'sts.duration-chaining',
    ],
    ['no device', () => world.identity({ mfaSerial: null }), {}, 'input.invalid'],
    [
      'another partition',
      () => world.role('x', world.identity(), { mfa: true }, { partition: 'aws-cn' }),
      {},
      'input.invalid',
    ],
    ['a malformed code', () => {}, { mfaCode: '12345' }, 'input.invalid'],
    ['a malformed duration', () => {}, { durationSeconds: 899 }, 'input.invalid'],
    [
      'read-only over session policies',
      () => world.role('x', world.identity(), { mfa: true, policy: '{}' }),
      { readOnly: true },
      'input.invalid',
    ],
  ])('%s', async (_case, arrange, options, code) => {
    world.role('x', world.identity(), { mfa: true })
    arrange()
    await expect(world.engine.credentials('x', options)).rejects.toMatchObject({ code })
    expect(world.prompts).toHaveLength(0)
    expect(world.calls).toHaveLength(0)
  })

  it('refuses read-only for an identity, and an unknown name with a suggestion', async () => {
    world.identity()
    await expect(world.engine.credentials('dana', { readOnly: true })).rejects.toMatchObject({ code: 'input.invalid' })
    await expect(world.engine.credentials('dane')).rejects.toMatchObject({
      code: 'role.not-found',
      hint: 'Did you mean dana?',
    })
  })
})

describe('MFA', () => {
  beforeEach(() => {
    world.role('admin', world.identity(), { mfa: true })
  })

  it('asks again with the reason, and takes the right code', async () => {
    world.answers.push('000001', 'abc', '000003')
    world.onCall = ({ request }) => {
      if (request.mfa?.code === '000001') throw wrongCode()
    }
    await world.engine.credentials('admin')
    expect(world.prompts.map(({ problem }) => problem?.code)).toEqual([undefined, 'sts.mfa-invalid', 'input.invalid'])
    expect(world.calls).toHaveLength(2)
  })

  it('gives up after three', async () => {
    world.onCall = () => {
      throw wrongCode()
    }
    await expect(world.engine.credentials('admin')).rejects.toMatchObject({ code: 'sts.mfa-invalid' })
    expect(world.prompts).toHaveLength(3)
  })

  it('does not ask when a code was given', async () => {
    world.onCall = () => {
      throw wrongCode()
    }
    await expect(world.engine.credentials('admin', { mfaCode: '123456' })).rejects.toMatchObject({
      code: 'sts.mfa-invalid',
    })
    expect(world.prompts).toHaveLength(0)
  })

  it('does not ask again for any other refusal', async () => {
    world.onCall = () => {
      throw refused()
    }
    await expect(world.engine.credentials('admin')).rejects.toMatchObject({ code: 'sts.access-denied' })
    expect(world.prompts).toHaveLength(1)
  })

  it('passes a cancelled prompt on', async () => {
    world.answers.push(new HallpassError('cancelled', 'Cancelled.'))
    await expect(world.engine.credentials('admin')).rejects.toMatchObject({ code: 'cancelled' })
    expect(world.calls).toHaveLength(0)
  })

  it('shows one prompt at a time for a device whose roles can’t share a session', async () => {
    world.role('admin', world.identity(), { mfa: true, durationSeconds: 7200 })
    world.role('other', world.identity(), { mfa: true, durationSeconds: 7200 })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let reached = () => {}
    const waiting = new Promise<void>((resolve) => {
      reached = resolve
    })
    world.onCall = () => {
      reached()
      return held
    }
    const both = Promise.all([world.engine.credentials('admin'), world.engine.credentials('other')])
    await waiting
    expect(world.prompts).toHaveLength(1)
    release()
    await both
    expect(world.prompts.map(({ target }) => target).sort()).toEqual(['admin', 'other'])
  })

  it('sends a given code even where the role does not want one, and keeps that session for both', async () => {
    world.role('admin', world.identity())
    world.role('plain', world.identity())
    await world.engine.credentials('plain')
    await world.engine.credentials('plain', { mfaCode: '333333' })
    expect(world.calls.map(({ request }) => request.mfa?.code)).toEqual([undefined, '333333'])
    await world.engine.credentials('plain')
    expect(world.calls).toHaveLength(2)
  })
})

describe('single flight', () => {
  it('makes one call and one prompt for many callers', async () => {
    world.role('admin', world.identity(), { mfa: true })
    const all = await Promise.all(Array.from({ length: 50 }, () => world.engine.credentials('admin')))
    expect(world.calls).toHaveLength(1)
    expect(world.prompts).toHaveLength(1)
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['ASIA1']))
  })

  it('shares a failure, and tries again at the next call', async () => {
    world.role('admin', world.identity(), { mfa: true })
    world.onCall = () => {
      throw refused()
    }
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => world.engine.credentials('admin')))
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(world.calls).toHaveLength(1)
    world.onCall = () => {}
    await expect(world.engine.credentials('admin')).resolves.toMatchObject({ accessKeyId: 'ASIA1' })
  })

  it('shares the first role of chains that start together', async () => {
    const a = world.role('a', world.identity(), { mfa: true })
    world.role('b', a)
    world.role('c', a)
    await Promise.all(['a', 'b', 'c'].map((name) => world.engine.credentials(name)))
    expect(world.prompts).toHaveLength(1)
    expect(world.calls.map(({ call }) => call.target).sort()).toEqual(['a', 'b', 'c'])
  })

  it('keeps nobody with a good session waiting for a renewal’s prompt', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    world.onCall = () => held
    const renewal = world.engine.credentials('admin', { renew: true })
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA1')
    release()
    expect((await renewal).accessKeyId).toBe('ASIA2')
  })
})

describe('the cache', () => {
  it('answers while more than 15 minutes remain, also for another process', async () => {
    world.role('admin', world.identity())
    const first = await world.engine.credentials('admin')
    world.now += 44 * MINUTE
    expect(await world.engine.credentials('admin')).toEqual(first)
    expect(await world.secondEngine().credentials('admin')).toEqual(first)
    world.now += 2 * MINUTE
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA2')
  })

  it('uses a session of 15 minutes until its last quarter', async () => {
    world.role('short', world.identity(), { durationSeconds: 900 })
    await world.engine.credentials('short')
    world.now += 11 * MINUTE
    expect((await world.engine.credentials('short')).accessKeyId).toBe('ASIA1')
    world.now += MINUTE
    expect((await world.engine.credentials('short')).accessKeyId).toBe('ASIA2')
  })

  it('renews when told to', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    expect((await world.engine.credentials('admin', { renew: true })).accessKeyId).toBe('ASIA2')
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA2')
  })

  it('takes a duration given for a wish that only a session of that length meets, and keeps it for everybody', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    expect((await world.engine.credentials('admin', { durationSeconds: 7200 })).accessKeyId).toBe('ASIA2')
    expect((await world.engine.credentials('admin', { durationSeconds: 7200 })).accessKeyId).toBe('ASIA2')
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA2')
  })

  it('never gives the session of a role as it was before', async () => {
    const identity = world.identity()
    world.role('admin', identity)
    await world.engine.credentials('admin')
    world.role('admin', identity, { externalId: 'new' })
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA2')
    expect(
      (await world.secondEngine({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }).credentials('admin')).accessKeyId,
    ).toBe('ASIA3')
  })

  it('takes a damaged or foreign blob, and a lost key, for no session', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    const row = world.rows.get('role:admin')
    if (!row) throw new Error('no row')
    world.rows.set('role:admin', { ...row, sealed: row.sealed.map((byte, index) => (index === 40 ? byte ^ 1 : byte)) })
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA2')
    const sealKeys = [...world.secrets.keys()].filter((entry) => entry.startsWith('session-key/'))
    expect(sealKeys).toHaveLength(1)
    for (const entry of sealKeys) world.secrets.delete(entry)
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA3')
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA3')
  })

  it('goes by the expiry that was sealed, not by the row', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    const row = world.rows.get('role:admin')
    if (!row) throw new Error('no row')
    world.rows.set('role:admin', { ...row, expiresAt: START + 1e9 })
    world.now += 59 * MINUTE
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA2')
  })

  it('stores nothing in the clear', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    const stored = Buffer.from(world.rows.get('role:admin')?.sealed ?? []).toString('latin1')
    expect(stored).not.toMatch(/secret-1|token-1/)
    expect(JSON.stringify({ ...world.rows.get('role:admin'), sealed: undefined })).not.toMatch(/secret-1|token-1/)
  })
})

describe('a renewal that fails', () => {
  beforeEach(async () => {
    world.role('admin', world.identity(), { mfa: true })
    await world.engine.credentials('admin')
    world.now += 50 * MINUTE
  })

  it.each([
    offline,
    refused,
    () => new HallpassError('sts.throttled', 'x'),
    () => new HallpassError('aws.unavailable', 'x'),
    () => new HallpassError('sts.clock-slow', 'x'),
  ])('keeps a session that is still valid, and says so: %#', async (problem) => {
    world.onCall = () => {
      throw problem()
    }
    const { accessKeyId, kept } = await world.engine.credentials('admin')
    expect(accessKeyId).toBe('ASIA1')
    expect(kept).toMatchObject({ code: problem().code, message: problem().message })
    expect(world.warnings).toEqual(['admin could not be renewed; the session still valid is kept.'])
  })

  it('keeps it when nobody can be asked for a code', async () => {
    world.answers.push(nobody())
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA1')
  })

  it('asks neither AWS nor the person again until a growing pause is over', async () => {
    world.onCall = () => {
      throw offline()
    }
    const attempts = async (seconds: number) => {
      const before = world.calls.length
      for (let second = 0; second < seconds; second++) {
        expect((await world.engine.credentials('admin')).kept?.code).toBe('network.unreachable')
        expect((await world.secondEngine().credentials('admin')).kept?.code).toBe('network.unreachable')
        world.now += 1000
      }
      return world.calls.length - before
    }
    // At 0 s, 30 s and 90 s; the fourth is due at 210 s.
    expect(await attempts(30)).toBe(1)
    expect(await attempts(60)).toBe(1)
    expect(await attempts(120)).toBe(1)
    world.onCall = () => {}
    expect(await world.engine.credentials('admin')).toMatchObject({ accessKeyId: 'ASIA2' })
    expect((await world.engine.credentials('admin')).kept).toBeUndefined()
  })

  it('does not ask a person who declined once more, but does on demand', async () => {
    world.answers.push(new HallpassError('cancelled', 'No.'))
    for (let call = 0; call < 3; call++) await world.engine.credentials('admin')
    expect(world.prompts).toHaveLength(2)
    expect((await world.engine.credentials('admin', { renew: true })).accessKeyId).toBe('ASIA2')
  })

  it('says so when a renewal was asked for, and loses nothing', async () => {
    world.onCall = () => {
      throw offline()
    }
    await expect(world.engine.credentials('admin', { renew: true })).rejects.toMatchObject({
      code: 'network.unreachable',
    })
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA1')
  })

  it('fails once the session has expired', async () => {
    world.now += 10 * MINUTE
    world.onCall = () => {
      throw offline()
    }
    await expect(world.engine.credentials('admin')).rejects.toMatchObject({ code: 'network.unreachable' })
  })
})

describe('the session a chain starts from', () => {
  beforeEach(async () => {
    const a = world.role('a', world.identity(), { mfa: true })
    world.role('b', a)
    await world.engine.credentials('a')
  })

  it('serves to its last minute, without another code', async () => {
    world.now += 58 * MINUTE
    await world.engine.credentials('b')
    expect(world.prompts).toHaveLength(1)
    world.now += 2 * MINUTE
    await world.engine.credentials('b', { renew: true })
    expect(world.prompts).toHaveLength(2)
  })

  it.each(['sts.session-expired', 'sts.key-unknown'] as const)(
    'is got anew, once, when AWS answers %s',
    async (code) => {
      world.onCall = ({ call }) => {
        if (call.credentials.accessKeyId === 'ASIA1') throw new HallpassError(code, 'x')
      }
      expect(await world.engine.credentials('b')).toMatchObject({ accessKeyId: 'ASIA3' })
      world.onCall = ({ call }) => {
        if (call.credentials.sessionToken) throw new HallpassError(code, 'x')
      }
      await expect(world.engine.credentials('b', { renew: true })).rejects.toMatchObject({ code })
    },
  )
})

describe('lists and ends', () => {
  it('lists sessions without the vault', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    world.vaultProblem = new HallpassError('vault.locked', 'Locked.')
    expect(world.engine.list()).toEqual([
      {
        name: 'admin',
        kind: 'role',
        accountId: '123456789012',
        assumedRoleArn: 'arn:aws:iam::123456789012:role/admin/hallpass-dana.whitfield',
        accessKeyId: 'ASIA1',
        obtainedAt: '2026-11-24T09:00:00.000Z',
        expiresAt: '2026-11-24T10:00:00.000Z',
        state: 'active',
      },
    ])
    await expect(world.engine.credentials('admin')).rejects.toMatchObject({ code: 'vault.locked' })
    world.now += 60 * MINUTE
    expect(world.engine.list()[0]?.state).toBe('expired')
  })

  it('does not come back by a renewal that was under way when it was ended', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    world.onCall = () => world.engine.end('admin')
    await expect(world.engine.credentials('admin', { renew: true })).rejects.toMatchObject({ code: 'cancelled' })
    expect(world.rows.size).toBe(0)
    expect(world.announced.at(-1)).toEqual(['role:admin', null])
    world.onCall = () => {}
    expect(await world.engine.credentials('admin')).toMatchObject({ accessKeyId: 'ASIA3' })
  })

  it('ends a session, and tells whoever wrote its profile', async () => {
    world.role('admin', world.identity())
    await expect(world.engine.end('admin')).rejects.toMatchObject({ code: 'session.not-found' })
    await world.engine.credentials('admin')
    await world.engine.end('admin')
    expect(world.announced.at(-1)).toEqual(['role:admin', null])
    expect(world.engine.list()).toEqual([])
    expect((await world.engine.credentials('admin')).accessKeyId).toBe('ASIA2')
  })

  it('keeps a session listed whose static keys could not be removed', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    world.onAnnounce = () => Promise.reject(new HallpassError('file.permission', 'Read-only.'))
    await expect(world.engine.end('admin')).rejects.toMatchObject({ code: 'file.permission' })
    await expect(world.engine.endAll()).rejects.toMatchObject({ code: 'file.permission' })
    expect(world.engine.list()).toHaveLength(1)
  })

  it('gives credentials out even when the profile could not follow', async () => {
    world.role('admin', world.identity())
    world.onAnnounce = () => Promise.reject(new HallpassError('file.permission', 'Read-only.'))
    await expect(world.engine.credentials('admin')).resolves.toMatchObject({ accessKeyId: 'ASIA1' })
    expect(world.warnings).toHaveLength(1)
  })

  it('ends all, and counts them', async () => {
    const identity = world.identity({ mfaSerial: null })
    world.role('a', identity)
    world.role('b', identity)
    for (const name of ['a', 'b', 'dana']) await world.engine.credentials(name)
    expect(await world.engine.endAll()).toBe(3)
    expect(world.engine.list()).toEqual([])
  })
})

describe('states', () => {
  const stateOf = (key: string) => world.engine.states().get(key)

  it('tells what starting would take, without the vault', async () => {
    world.vaultProblem = new HallpassError('vault.locked', 'Locked.')
    const identity = world.identity()
    world.role('plain', identity)
    const mfa = world.role('mfa', identity, { mfa: true })
    world.role('chained', mfa)
    expect(stateOf('identity:i1')).toEqual({ state: 'needs-mfa', expiresAt: null })
    expect(stateOf('role:plain')).toEqual({ state: 'inactive', expiresAt: null })
    expect(stateOf('role:mfa')).toEqual({ state: 'needs-mfa', expiresAt: null })
    expect(stateOf('role:chained')).toEqual({ state: 'needs-mfa', expiresAt: null })
  })

  it('follows a session through its life', async () => {
    const identity = world.identity()
    const mfa = world.role('mfa', identity, { mfa: true })
    world.role('chained', mfa)
    await world.engine.credentials('mfa')
    expect(stateOf('role:mfa')).toEqual({ state: 'active', expiresAt: '2026-11-24T10:00:00.000Z' })
    expect(stateOf('role:chained')).toEqual({ state: 'inactive', expiresAt: null })
    world.now += 60 * MINUTE
    expect(stateOf('role:mfa')).toEqual({ state: 'expired', expiresAt: '2026-11-24T10:00:00.000Z' })
    expect(stateOf('role:chained')).toEqual({ state: 'needs-mfa', expiresAt: null })
    await world.engine.end('mfa')
    expect(stateOf('role:mfa')).toEqual({ state: 'needs-mfa', expiresAt: null })
  })

  it('does not count the session of a role as it was before', async () => {
    const identity = world.identity()
    world.role('admin', identity)
    await world.engine.credentials('admin')
    world.role('admin', identity, { durationSeconds: 900 })
    expect(stateOf('role:admin')).toEqual({ state: 'inactive', expiresAt: null })
  })

  it('shows a role of a broken chain as inactive', () => {
    const identity = world.identity()
    world.role('admin', identity, { mfa: true })
    world.store.identities.remove(identity.id)
    expect(stateOf('role:admin')).toEqual({ state: 'inactive', expiresAt: null })
  })
})

describe('a start reads the vault', () => {
  const reads = () => vi.mocked(world.vault.get).mock.calls.map(([entry]) => entry.split('/')[0])

  it('once for the secret and once for the key of all sessions of its chain', async () => {
    const outer = world.role('outer', world.identity())
    world.role('inner', outer)
    await world.engine.credentials('inner')
    vi.spyOn(world.vault, 'get')
    await world.engine.endAll()
    await world.engine.credentials('inner')
    expect(world.calls).toHaveLength(4)
    expect(reads()).toEqual(['identity', 'session-key'])
  })

  it('for that key while AWS answers, and before a code is asked for', async () => {
    const identity = world.identity()
    world.role('plain', identity)
    world.role('coded', identity, { mfa: true })
    await world.engine.credentials('plain')
    await world.engine.endAll()
    vi.spyOn(world.vault, 'get')
    let known: (string | undefined)[] = []
    world.onCall = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      known = reads()
    }
    await world.engine.credentials('plain')
    expect(known).toEqual(['identity', 'session-key'])
    vi.mocked(world.vault.get).mockRejectedValue(new HallpassError('vault.locked', 'Locked.'))
    await expect(world.engine.credentials('coded')).rejects.toMatchObject({ code: 'vault.locked' })
    expect(world.prompts).toEqual([])
  })
})
