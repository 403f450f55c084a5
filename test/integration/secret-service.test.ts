// What Hallpass asks the Linux Secret Service beside keytar, against a real keyring.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readCollectionState } from '#core/vault/secret-service.ts'
import { type PrivateKeyring, startPrivateKeyring } from '../support/private-keyring.ts'

let folder: string
let keyring: PrivateKeyring

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secret-service-'))
  keyring = await startPrivateKeyring(folder)
  // Beside the real one, it leaves a note of each question.
  const gdbus = join(folder, 'gdbus')
  writeFileSync(gdbus, `#!/bin/sh\necho "$@" >>${folder}/asked\nPATH=\${PATH#*:} exec gdbus "$@"\n`)
  chmodSync(gdbus, 0o700)
  for (const [name, value] of Object.entries(keyring.env)) vi.stubEnv(name, value)
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  expect(keyring.failure()).toBeUndefined()
  await keyring.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('the default collection is seen unlocked and locked, and never by the path of its alias', async () => {
  expect(await readCollectionState()).toEqual({ state: 'unlocked' })
  keyring.lock()
  expect(await readCollectionState()).toEqual({ state: 'locked' })
  const asked = readFileSync(join(folder, 'asked'), 'utf8')
  expect(asked).toContain('ReadAlias default')
  expect(asked).not.toContain('/aliases/')
})

test('a default collection that is not there', async () => {
  writeFileSync(join(folder, 'data/keyrings/default'), 'gone')
  expect(await readCollectionState()).toEqual({ state: 'no-collection' })
})
