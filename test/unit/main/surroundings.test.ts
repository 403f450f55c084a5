// Which command a shell would find.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeSurroundings, findOnPath } from '../../../src/main/surroundings.ts'

let folder: string
const at = (name: string) => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'surroundings-'))
  for (const name of ['empty', 'plain', 'first', 'second']) mkdirSync(at(name))
  for (const name of ['plain', 'first', 'second']) writeFileSync(join(at(name), 'hallpass'), '#!/bin/sh\n')
  for (const name of ['first', 'second']) chmodSync(join(at(name), 'hallpass'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('is the first that can be run', () => {
  const path = ['', at('missing'), at('empty'), at('plain'), at('first'), at('second')].join(delimiter)
  expect(findOnPath(path, 'linux')).toBe(join(at('first'), 'hallpass'))
})

it.each(['', delimiter])('is none on a PATH of “%s”', (path) => {
  expect(findOnPath(path, 'linux')).toBeUndefined()
})

it('is told with where everything else is', async () => {
  writeFileSync(at('config'), '')
  const surroundings = await describeSurroundings({
    home: '/state',
    env: { PATH: at('empty'), AWS_CONFIG_FILE: at('config'), AWS_SHARED_CREDENTIALS_FILE: at('credentials') },
    platform: 'linux',
    command: async () => '/state/bin/hallpass',
    isAgent: true,
  })
  expect(surroundings).toEqual({
    command: '/state/bin/hallpass',
    onPath: null,
    isAgent: true,
    configFile: { path: at('config'), exists: true },
    credentialsFile: { path: at('credentials'), exists: false },
    stateFolder: '/state',
    knowsScreenLock: false,
  })
})
