/** An agent that holds the encrypted file open for a set time, on a clock of the test's. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AgentClient, type AgentHost, createAgentClient, hostAgent, takeSeat } from '#core/agent/index.ts'
import { createHallpass } from '#core/create-hallpass.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { createLog } from '#core/log.ts'
import { VaultKeys } from '#core/vault/file/keys.ts'
import { createFileVaultWorld, type FileVaultWorld, PASSPHRASE } from '../support/file-vault-world.ts'
import { scanText } from '../support/secret-scan.ts'

const version = '1.0.0'
const HOUR = 3600
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error
const mfaPrompt = () => Promise.reject(new Error('nobody is asked'))

let world: FileVaultWorld
let now: number
let keys: VaultKeys
let hallpass: Hallpass
let host: AgentHost
let env: Record<string, string>
const lines: string[] = []
const log = createLog((line) => lines.push(line))
const opened: Hallpass[] = []

const clientOf = (more: Record<string, string> = {}): AgentClient =>
  createAgentClient({ home: world.home, env: { ...env, ...more }, version, mfaPrompt })

/** What a command has: no passphrase unless told, and the agent to ask. */
async function beside(more: Record<string, string> = {}): Promise<Hallpass> {
  const each = await createHallpass({
    env: { ...env, ...more },
    mfaPrompt,
    log,
    command: ['/hallpass'],
    agent: clientOf(more),
  })
  opened.push(each)
  return each
}

const identity = {
  name: 'work',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMIplantedAgentKey0123456789ab',
}

beforeEach(async () => {
  world = createFileVaultWorld()
  now = Date.UTC(2026, 0, 1)
  lines.length = 0
  env = {
    HOME: world.home,
    HALLPASS_HOME: world.home,
    HALLPASS_VAULT: 'file',
    AWS_CONFIG_FILE: `${world.home}/config`,
    AWS_SHARED_CREDENTIALS_FILE: `${world.home}/credentials`,
  }
  await world.open().create(PASSPHRASE)
  keys = new VaultKeys(() => now)
  const seat = await takeSeat({ home: world.home, kind: 'standalone', version, env, log })
  hallpass = await createHallpass({ env, mfaPrompt, log, command: ['/hallpass'], held: seat.held, vaultKeys: keys })
  host = await hostAgent({ seat, hallpass, kind: 'standalone', version, clock: () => now })
})
afterEach(async () => {
  for (const each of opened.splice(0)) each.close()
  await host.stop()
  hallpass.close()
  world.end()
})

it('is unlocked by who knows the passphrase, and then serves who does not, until the time is over', async () => {
  const without = await beside()
  await expect(without.identities.add(identity, { verify: false })).rejects.toThrow(code('vault.locked'))
  await expect(without.vault.unlock(8 * HOUR)).rejects.toThrow(code('vault.locked'))

  const until = await (await beside({ HALLPASS_PASSPHRASE: PASSPHRASE })).vault.unlock(8 * HOUR)
  expect(until).toEqual(new Date(now + 8 * HOUR * 1000))
  expect(host.status().vaultUnlockedUntil).toBe(until.toISOString())
  expect(await hallpass.vaultStatus()).toMatchObject({ state: 'unlocked' })
  await without.identities.add(identity, { verify: false })
  expect(await without.vault.detail()).toMatchObject({
    kind: 'file',
    state: 'unlocked',
    chosenBy: 'environment',
    unlockedUntil: until.toISOString(),
    secrets: { elsewhere: 0 },
  })

  now += 8 * HOUR * 1000 - 1
  expect(await clientOf().vaultKey()).toBeDefined()
  now += 1
  expect(await clientOf().vaultKey()).toBeUndefined()
  expect(host.status().vaultUnlockedUntil).toBeNull()
  const another = await beside()
  expect(await another.vaultStatus()).toMatchObject({ state: 'locked', problem: { code: 'vault.locked' } })
  expect(await hallpass.vaultStatus()).toMatchObject({ state: 'locked' })
})

it('forgets the key when it is locked, and when it ends', async () => {
  const owner = await beside({ HALLPASS_PASSPHRASE: PASSPHRASE })
  await owner.vault.unlock(HOUR)
  expect(await (await beside()).vault.lock()).toBe(true)
  expect(await clientOf().vaultKey()).toBeUndefined()
  expect(await (await beside()).vault.lock()).toBe(false)
  await owner.vault.unlock(HOUR)
  const held = keys.get((await clientOf().vaultKey())?.vault ?? '')
  expect(held?.some((byte) => byte !== 0)).toBe(true)
  await host.stop()
  expect(held?.every((byte) => byte === 0)).toBe(true)
})

it('asks for the passphrase also to stay unlocked for longer', async () => {
  await (await beside({ HALLPASS_PASSPHRASE: PASSPHRASE })).vault.unlock(HOUR)
  await expect((await beside()).vault.unlock(HOUR)).rejects.toThrow(code('vault.locked'))
})

it('takes no key but that of the file', async () => {
  const vault = JSON.parse((await import('node:fs')).readFileSync(world.path, 'utf8').split('\n')[0] ?? '') as {
    id: string
  }
  const key = Buffer.alloc(32, 1).toString('base64')
  await expect(clientOf().unlockVault({ vault: vault.id, key }, HOUR)).rejects.toThrow(code('vault.damaged'))
  expect(await clientOf().vaultKey()).toBeUndefined()
})

it('does not serve a client of the keychain, and serves one that leaves the vault to the stored choice', async () => {
  expect(
    await clientOf({ HALLPASS_VAULT: 'keychain' }).unlockVault({ vault: crypto.randomUUID(), key: 'x' }, HOUR),
  ).toBeUndefined()
  await (await beside({ HALLPASS_PASSPHRASE: PASSPHRASE })).vault.unlock(HOUR)
  expect(await clientOf({ HALLPASS_VAULT: '' }).vaultKey()).toBeUndefined()
  expect(await clientOf({ HALLPASS_VAULT: 'keychain' }).vaultKey()).toBeUndefined()
  expect(await clientOf().vaultKey()).toBeDefined()
  expect(await clientOf({ HALLPASS_NO_AGENT: '1' }).vaultKey()).toBeUndefined()
})

it('keeps a choice of another vault from being made beside it', async () => {
  const owner = await beside({ HALLPASS_PASSPHRASE: PASSPHRASE })
  await expect(owner.vault.init(PASSPHRASE)).rejects.toThrow(code('agent.running'))
  await expect(owner.vault.chooseKeychain()).rejects.toThrow(code('agent.running'))
})

it('says nothing of key and passphrase in its log', async () => {
  const owner = await beside({ HALLPASS_PASSPHRASE: PASSPHRASE })
  await owner.vault.unlock(HOUR)
  const key = (await clientOf().vaultKey())?.key ?? ''
  await expect(clientOf().unlockVault({ vault: crypto.randomUUID(), key }, HOUR)).rejects.toThrow()
  expect(scanText('log', lines.join('\n'), { key, passphrase: PASSPHRASE })).toEqual([])
})
