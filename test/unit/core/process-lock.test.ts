import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { processLocks, shortName } from '#core/process-lock.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'locks-'))
})
afterEach(() => rmSync(home, { recursive: true }))

describe('locks between processes', () => {
  it('are held by one, by name, until they are released', () => {
    const [mine, theirs] = [processLocks(home), processLocks(home)]
    const held = mine('session-a')
    expect(held).toBeDefined()
    expect(theirs('session-a')).toBeUndefined()
    expect(mine('session-a')).toBeUndefined()
    theirs('session-b')?.release()
    held?.release()
    const next = theirs('session-a')
    expect(next).toBeDefined()
    next?.release()
  })

  it('are free the moment their holder is killed', async () => {
    const source = resolve(import.meta.dirname, '../../../src/core/process-lock.ts')
    const script = `import { processLocks } from ${JSON.stringify(source)}
      globalThis.held = processLocks(${JSON.stringify(home)})('x'); console.log('held'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    expect(processLocks(home)('x')).toBeUndefined()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const held = processLocks(home)('x')
    expect(held).toBeDefined()
    held?.release()
  })

  it('say why they can’t be made', () => {
    writeFileSync(join(home, 'locks'), '')
    expect(() => processLocks(home)('x')).toThrow(expect.objectContaining({ code: expect.stringMatching(/^file\./) }))
  })

  it('have short names for anything', () => {
    expect(shortName('x'.repeat(10_000))).toMatch(/^[0-9a-f]{16}$/)
    expect(shortName('a')).not.toBe(shortName('b'))
  })
})
