// The process that the keychain is asked by: what it is started with, and what becomes of it and of what it says.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { keychainInProcess } from '#core/vault/keychain-process.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keychain-process-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** The keychain by a program of that text. */
function keychainOf(program: string, timeoutMs = 20_000) {
  writeFileSync(join(folder, 'keychain.cjs'), program)
  return keychainInProcess({ command: [process.execPath, join(folder, 'hallpass.cjs')], timeoutMs }, 'svc')
}

test('nobody’s switches of Node reach it', async () => {
  vi.stubEnv('NODE_OPTIONS', '--no-warnings')
  const told = keychainOf(
    `process.stdout.write(JSON.stringify({ value: process.env.NODE_OPTIONS ?? 'none' })); process.exit()`,
  )
  expect(await told.get('a')).toBe('none')
})

test('a secret is no argument of it', async () => {
  const told = keychainOf(`process.stdin.once('data', (text) => {
    process.stdout.write(JSON.stringify({ value: JSON.stringify([process.argv.slice(2), JSON.parse(text)]) }))
    process.exit()
  })`)
  expect(JSON.parse((await told.get('a')) ?? '')).toEqual([[], { service: 'svc', call: 'get', account: 'a' }])
})

test('one that hangs is ended', async () => {
  const hung = keychainOf('setInterval(() => {}, 1000)', 300)
  await expect(hung.set('a', 's')).rejects.toThrow('gave no answer (SIGKILL)')
})

test('what it says beside its answer is not repeated', async () => {
  const chatty = keychainOf(`process.stdout.write('hi {"value":"planted"}'); process.exit()`)
  const error = await chatty.get('a').catch(String)
  expect(error).toContain('gave no answer (0)')
  expect(error).not.toContain('planted')
})

test('one that can’t be started says why', async () => {
  const missing = keychainInProcess(
    { command: [join(folder, 'no-node'), join(folder, 'x.cjs')], timeoutMs: 1000 },
    'svc',
  )
  await expect(missing.delete('a')).rejects.toThrow('ENOENT')
})

test('it ends with whoever asked', async () => {
  const child = spawn(process.execPath, [join(dirname(inject('cliEntry')), 'keychain.cjs')], {
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const gone = once(child, 'exit')
  child.stdin.end()
  expect(await gone).toEqual([null, 'SIGKILL'])
})
