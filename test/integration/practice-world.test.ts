// The practice account as a place of its own: set up, come back to, kept apart from what is real, and removed.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHallpass } from '#core/create-hallpass.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { createLog } from '#core/log.ts'
import { expectKey, hasKey } from '#core/names.ts'
import { practiceHome, readPracticeMark } from '#core/practice/home.ts'
import type { PracticeAccount } from '#core/practice/practice-account.ts'
import {
  nameAccounts,
  removePractice,
  removePracticeProfiles,
  setUpPractice,
  startPracticeWorld,
} from '#core/practice/world.ts'

const OWN = '# mine\n[profile own]\nregion = us-west-2\n'
const log = createLog(() => {})
let base: string
let config: string
let open: { hallpass: Hallpass; account: PracticeAccount } | undefined

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'practice-world-'))
  config = join(base, 'config')
  writeFileSync(config, OWN)
})
afterEach(async () => {
  await leave()
  rmSync(base, { recursive: true, force: true })
})

/** Whatever the environment says, it is the practice account that is asked. */
function openHallpass(): Promise<Hallpass> {
  return createHallpass({
    env: {
      HALLPASS_HOME: practiceHome(base),
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(base, 'credentials'),
    },
    command: [process.execPath, '/hallpass.cjs'],
    log,
    mfaPrompt: () => Promise.reject(new Error('nobody is asked for a code')),
  })
}

async function enter() {
  const home = practiceHome(base)
  const account = await startPracticeWorld(home)
  nameAccounts(home, account, Date.now, log)
  const hallpass = await openHallpass()
  open = { hallpass, account }
  await setUpPractice(hallpass, account)
  return open
}

async function leave(): Promise<void> {
  const left = open
  open = undefined
  left?.hallpass.close()
  await left?.account.close()
}

it('has a user, roles and codes, so that every role starts without a question', async () => {
  const { hallpass } = await enter()
  expect(hallpass.vault.kind).toBe('file')
  for (const { name } of hallpass.roles.list()) {
    expect(await hallpass.sessions.credentials(name), name).toMatchObject({
      accessKeyId: expect.stringMatching(/^ASIA/),
    })
  }
  expect(hallpass.roles.rows().map(({ accountName }) => accountName)).toContain('acme-prod')
  // A code works once: the next role that asks for one waits for it.
}, 120_000)

it('is the same after a restart, at another address when its own is taken', async () => {
  const first = await enter()
  const { accessKeyId } = expectKey(first.hallpass.identities.show('dana'))
  await first.hallpass.sessions.credentials('sandbox-admin')
  await first.hallpass.profiles.write('sandbox-admin')
  const port = readPracticeMark(practiceHome(base))?.port ?? 0
  expect(readFileSync(config, 'utf8')).toContain(`endpoint_url = http://127.0.0.1:${port}\n`)
  await leave()

  const other = createServer().listen(port, '127.0.0.1')
  try {
    const { hallpass } = await enter()
    const moved = readPracticeMark(practiceHome(base))?.port
    expect(moved).not.toBe(port)
    const text = readFileSync(config, 'utf8')
    expect(text).toContain(`endpoint_url = http://127.0.0.1:${moved}\n`)
    expect(text.match(/endpoint_url/g)).toHaveLength(1)
    expect(hallpass.identities.list().map((identity) => expectKey(identity).accessKeyId)).toEqual([accessKeyId])
    expect(hallpass.sessions.list()).toEqual([])
    expect(await hallpass.identities.test('dana')).toMatchObject({ verified: true })
  } finally {
    other.close()
  }
})

it('takes nothing real in, and takes no profile over', async () => {
  const { hallpass, account } = await enter()
  const real = {
    name: 'real',
    accessKeyId: 'AKIAQ6VEXAMPLEKEY001',
    secretAccessKey: 'abcdEFGH0123/abcdEFGH0123+abcdEFGH012345',
  }
  await expect(hallpass.identities.add(real, { verify: false })).rejects.toMatchObject({ code: 'sts.key-unknown' })
  await expect(hallpass.profiles.adopt('own', { name: 'dana' })).rejects.toMatchObject({ code: 'practice.kept-apart' })
  await expect(hallpass.profiles.write('sandbox-admin', { makeDefault: true })).rejects.toMatchObject({
    code: 'practice.kept-apart',
  })
  await expect(hallpass.imports.run()).rejects.toMatchObject({ code: 'practice.kept-apart' })
  await account.close()
  await expect(hallpass.identities.add(real)).rejects.toMatchObject({ message: 'The practice account is not running.' })
  await expect(hallpass.identities.test('dana')).rejects.toMatchObject({ code: 'network.unreachable' })
  expect(hallpass.identities.list().map(({ name }) => name)).toEqual(['dana'])
})

it('leaves nothing behind once it is removed', async () => {
  const { hallpass } = await enter()
  await hallpass.sessions.credentials('sandbox-admin')
  await hallpass.profiles.write('sandbox-admin')
  await removePracticeProfiles(hallpass)
  await leave()
  removePractice(base)
  expect(readFileSync(config, 'utf8')).toBe(OWN)
  expect(existsSync(practiceHome(base))).toBe(false)

  // A folder without the mark is somebody's.
  mkdirSync(practiceHome(base))
  removePractice(base)
  expect(existsSync(practiceHome(base))).toBe(true)
})

it('is not opened as a real one when its mark is gone', async () => {
  await enter()
  await leave()
  rmSync(join(practiceHome(base), 'practice.json'))
  await expect(openHallpass()).rejects.toMatchObject({ code: 'store.unavailable' })
})

it('begins anew after what was made and changed in it: emergency users are gone, and the key works', {
  timeout: 120_000,
}, async () => {
  const first = await enter()
  const identity = first.hallpass.identities.list().find(hasKey)
  const name = identity?.name ?? ''
  const { made } = await first.hallpass.breakglass.setup.apply({ from: name })
  expect(made).toContain('user')
  const { newKeyId } = await first.hallpass.rotation.rotate('identity', name)
  expect(newKeyId).not.toBe(identity?.accessKeyId)
  await leave()
  const second = await enter()
  expect(second.hallpass.breakglass.list()).toEqual([])
  expect(second.hallpass.rotation.list()).toEqual([])
  expect(expectKey(second.hallpass.identities.show(name)).accessKeyId).toBe(identity?.accessKeyId)
  await expect(second.hallpass.identities.test(name)).resolves.toMatchObject({ verified: true })
})
