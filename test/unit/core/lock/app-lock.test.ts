// The lock without a window: what it holds back, what it remembers, and what unlocking asks.
import { describe, expect, it, vi } from 'vitest'
import { type AppLock, createAppLock } from '#core/lock/app-lock.ts'
import { gatePrompt, gateSts, gateVault } from '#core/lock/gate.ts'
import type { SystemAuth } from '#core/lock/system-auth.ts'
import type { Vault } from '#core/vault/types.ts'
import { HallpassError } from '#shared/errors.ts'
import type { SessionSummary } from '#shared/sessions.ts'
import { readSettings, type Settings } from '#shared/settings.ts'
import { eventually } from '../../../support/eventually.ts'
import { createMemoryIndex } from '../../../support/memory-index.ts'

const NOW = Date.parse('2026-11-24T09:00:00Z')
const UNTIL = '2026-11-24T10:00:00.000Z'

function session(name: string, edit: Partial<SessionSummary> = {}): SessionSummary {
  return {
    name,
    kind: 'role',
    accountId: null,
    assumedRoleArn: null,
    accessKeyId: 'ASIA1',
    obtainedAt: new Date(NOW).toISOString(),
    expiresAt: UNTIL,
    state: 'active',
    ...edit,
  }
}

/** A keychain of one entry, sessions that can be ended, and a person who says yes; each can be told to fail. */
function createWorld(change: Partial<Settings> = {}, kept = new Map<string, string>()) {
  const index = createMemoryIndex()
  index.add('identity/1/secret-access-key')
  index.add('session-key/1')
  const world = {
    kept,
    index,
    sessions: [
      session('a'),
      session('b', { expiresAt: '2026-11-24T09:30:00.000Z' }),
      session('c', { state: 'expired' }),
    ],
    settings: { ...readSettings(undefined), ...change },
    read: [] as string[],
    warnings: [] as string[],
    onRead: async (): Promise<string> => 'secret',
    onEnd: async (): Promise<number> => {
      world.sessions = []
      return 0
    },
    lock: createAppLock(),
  }
  attach(world.lock, world)
  return world
}

function attach(lock: AppLock, world: Omit<ReturnType<typeof createWorld>, 'lock'>): void {
  lock.over({
    store: {
      setting: (key) => world.kept.get(key),
      setSetting: (key, value) => void world.kept.set(key, value),
      vaultIndex: world.index,
    },
    vault: {
      get: (entry) => {
        world.read.push(entry)
        return world.onRead()
      },
    },
    sessions: { list: () => world.sessions, rotateKey: () => world.onEnd() },
    settings: { get: () => world.settings },
    clock: () => NOW,
    log: { debug() {}, info() {}, warn: (text) => world.warnings.push(text), error() {} },
  })
}

const nobody: SystemAuth = { method: async () => null, confirm: () => Promise.reject(new Error('not to be asked')) }

describe('locking', () => {
  it('closes before anything is waited for, and keeps sessions unless told otherwise', () => {
    const { lock } = createWorld()
    expect(lock.state()).toMatchObject({ locked: false, since: null, kept: 0 })
    void lock.lock('sleep')
    expect(lock.isClosed).toBe(true)
    expect(lock.state()).toEqual({
      locked: true,
      since: '2026-11-24T09:00:00.000Z',
      because: 'sleep',
      kept: 2,
      keptUntil: UNTIL,
      ended: null,
    })
  })

  it('ends sessions when it is to, and says how many', async () => {
    const world = createWorld({ lockEndsSessions: true })
    const heard = vi.fn()
    world.lock.onChange(heard)
    await world.lock.lock('asked')
    expect(world.lock.state()).toMatchObject({ kept: 0, keptUntil: null, ended: 2 })
    expect(heard).toHaveBeenCalledTimes(2)
  })

  it('locks all the same when ending fails, and tells what is left', async () => {
    const world = createWorld({ lockEndsSessions: true })
    world.onEnd = async () => {
      world.sessions = world.sessions.slice(0, 1)
      throw new HallpassError('file.locked', 'The file is locked.')
    }
    await world.lock.lock('asked')
    expect(world.lock.state()).toMatchObject({ locked: true, kept: 1, ended: 1 })
    expect(world.warnings).toHaveLength(1)
  })

  it('locks all the same when it can’t be remembered', async () => {
    const world = createWorld()
    world.kept.set = () => {
      throw new HallpassError('store.locked', 'Busy.')
    }
    await world.lock.lock('idle')
    expect(world.lock.isClosed).toBe(true)
  })

  it('keeps the first reason when it is locked twice', async () => {
    const { lock } = createWorld()
    await lock.lock('idle')
    await lock.lock('screen')
    expect(lock.state().because).toBe('idle')
  })

  it('outlasts the process, and so does having been unlocked', async () => {
    const kept = new Map<string, string>()
    const first = createWorld({}, kept)
    await first.lock.lock('asked')
    const second = createWorld({}, kept)
    expect(second.lock.state()).toMatchObject({ locked: true, because: 'asked', since: '2026-11-24T09:00:00.000Z' })
    await second.lock.unlock(nobody)
    expect(createWorld({}, kept).lock.isClosed).toBe(false)
  })

  it.each(['{', 'null', '{"since":1}', '"locked"'])('stays locked over a record that was damaged: %s', (text) => {
    expect(createWorld({}, new Map([['app.lock', text]])).lock.isClosed).toBe(true)
  })
})

describe('unlocking', () => {
  it('reads an entry that is no long-term secret from the keychain', async () => {
    const { lock, read } = createWorld()
    await lock.lock('asked')
    await lock.unlock(nobody)
    expect(lock.isClosed).toBe(false)
    expect(read).toEqual(['session-key/1'])
  })

  it('asks the system first, if the person wants that', async () => {
    const confirm = vi.fn(async () => {})
    const auth: SystemAuth = { method: async () => 'touch-id', confirm }
    const world = createWorld({ unlockWithSystem: false })
    await world.lock.lock('asked')
    await world.lock.unlock(auth)
    expect(confirm).not.toHaveBeenCalled()
    world.settings = readSettings(undefined)
    await world.lock.lock('asked')
    await world.lock.unlock(auth)
    expect(confirm).toHaveBeenCalledTimes(1)
  })

  it('stays locked when the system says no, and asks the keychain nothing', async () => {
    const { lock, read } = createWorld()
    await lock.lock('asked')
    const refused = new HallpassError('unlock.refused', 'No.')
    const auth: SystemAuth = { method: async () => 'touch-id', confirm: () => Promise.reject(refused) }
    await expect(lock.unlock(auth)).rejects.toBe(refused)
    expect(lock.isClosed).toBe(true)
    expect(read).toEqual([])
  })

  it.each(['vault.locked', 'vault.dismissed', 'vault.timeout', 'vault.no-service'] as const)(
    'stays locked while the keychain says %s',
    async (code) => {
      const world = createWorld()
      await world.lock.lock('asked')
      world.onRead = () => Promise.reject(new HallpassError(code, 'No.'))
      await expect(world.lock.unlock(nobody)).rejects.toMatchObject({ code })
      expect(world.lock.isClosed).toBe(true)
      world.onRead = async () => 'secret'
      await world.lock.unlock(nobody)
      expect(world.lock.isClosed).toBe(false)
    },
  )

  it('believes a keychain that is open and has lost the entry', async () => {
    const world = createWorld()
    await world.lock.lock('asked')
    world.onRead = () => Promise.reject(new HallpassError('vault.entry-lost', 'Gone.'))
    await world.lock.unlock(nobody)
    expect(world.lock.isClosed).toBe(false)
  })

  it('opens at once where nothing was ever stored', async () => {
    const world = createWorld()
    for (const entry of world.index.list()) world.index.remove(entry)
    await world.lock.lock('asked')
    await world.lock.unlock(nobody)
    expect(world.read).toEqual([])
  })

  it('opens nothing when it was locked again while the person was asked', async () => {
    const world = createWorld()
    await world.lock.lock('asked')
    let answer = (_secret: string): void => {}
    world.onRead = () =>
      new Promise((resolve) => {
        answer = resolve
      })
    const unlocking = world.lock.unlock(nobody)
    await eventually(() => expect(world.read).toHaveLength(1))
    void world.lock.lock('screen')
    answer('secret')
    await expect(unlocking).rejects.toMatchObject({ code: 'app.locked' })
    expect(world.lock.isClosed).toBe(true)
  })

  it('asks once however often it is pressed', async () => {
    const { lock, read } = createWorld()
    await lock.lock('asked')
    await Promise.all([lock.unlock(nobody), lock.unlock(nobody)])
    expect(read).toHaveLength(1)
  })
})

describe('the gate', () => {
  const gate = { isClosed: false }
  const answer = { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't', expiration: new Date(NOW) }

  it.each(['getCallerIdentity', 'assumeRole', 'getSessionToken', 'getFederationToken'] as const)(
    'lets no %s through while it is closed, nor the answer of one that was under way',
    async (call) => {
      const made = vi.fn(async () => answer as never)
      const never = () => Promise.reject(new Error('another call'))
      const sts = gateSts(
        {
          getCallerIdentity: never,
          assumeRole: never,
          getSessionToken: never,
          getFederationToken: never,
          [call]: made,
        },
        gate,
      )
      gate.isClosed = false
      await expect(sts[call]({} as never, {} as never)).resolves.toBe(answer)
      const underWay = sts[call]({} as never, {} as never)
      gate.isClosed = true
      await expect(underWay).rejects.toMatchObject({ code: 'app.locked' })
      await expect(sts[call]({} as never, {} as never)).rejects.toMatchObject({ code: 'app.locked', exitCode: 5 })
      expect(made).toHaveBeenCalledTimes(2)
    },
  )

  it('keeps long-term secrets, and lets through what serving a session needs', async () => {
    const calls: string[] = []
    const vault: Vault = {
      kind: 'keychain',
      status: async () => ({ kind: 'keychain', state: 'unlocked', problem: null }),
      get: async (entry) => `${calls.push(entry)}`,
      put: async (entry) => void calls.push(entry),
      remove: async (entry) => void calls.push(entry),
    }
    gate.isClosed = true
    const gated = gateVault(vault, gate)
    for (const entry of ['identity/1/secret-access-key', 'identity/1/totp-seed', 'adopted/1', 'x/session-key/1']) {
      for (const attempt of [() => gated.get(entry), () => gated.put(entry, 's'), () => gated.remove(entry)]) {
        await expect(attempt()).rejects.toMatchObject({ code: 'app.locked' })
      }
    }
    expect(calls).toEqual([])
    const serving = ['session-key/1', 'activity-key/1', 'activity-mark/1']
    for (const entry of serving) await gated.get(entry)
    expect(calls).toEqual(serving)
    expect(await gated.status()).toMatchObject({ state: 'unlocked' })
  })

  it('asks nobody for a code', async () => {
    const prompt = vi.fn(async () => '123456')
    gate.isClosed = true
    const asked = gatePrompt(prompt, gate)({ serial: 's', identity: 'i', target: 't' })
    await expect(asked).rejects.toMatchObject({ code: 'app.locked' })
    expect(prompt).not.toHaveBeenCalled()
  })
})
