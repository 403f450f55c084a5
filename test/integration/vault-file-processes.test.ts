/** The encrypted file under several real processes, and sudden death in the midst of writing. */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createFileVaultWorld, type FileVaultWorld } from '../support/file-vault-world.ts'

const WRITER = new URL('../support/file-vault-writer.ts', import.meta.url).pathname

let world: FileVaultWorld
beforeEach(() => {
  world = createFileVaultWorld()
})
afterEach(() => world.end())

/** @param killAfter SIGKILL once it has stored so many. @returns how many it said it stored, and its exit code */
async function write(prefix: string, count: string, killAfter = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, [WRITER, world.home, prefix, count], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (data) => {
    output += data
    if (output.split('\n').length > killAfter) child.kill('SIGKILL')
  })
  const exitCode = await new Promise((resolve) => child.on('close', resolve))
  return { stored: output.split('\n').filter((line) => line !== '').length, exitCode }
}

it('two processes that make it together and write at once lose nothing', async () => {
  expect(await Promise.all([write('one', '25'), write('two', '25')])).toEqual([
    { stored: 25, exitCode: 0 },
    { stored: 25, exitCode: 0 },
  ])
  const vault = world.open()
  expect(await vault.entries()).toHaveLength(50)
  for (const prefix of ['one', 'two'])
    for (let number = 0; number < 25; number += 1)
      expect(await vault.get(`${prefix}/${number}`)).toBe(`secret of ${prefix}/${number}`)
})

it('a process killed while it writes leaves every secret it has stored, and a file that opens', async () => {
  for (let round = 0; round < 6; round += 1) {
    const { stored } = await write(`k${round}`, 'forever', 3 + round * 4)
    const vault = world.open()
    const names = ((await vault.entries()) ?? []).filter((name) => name.startsWith(`k${round}/`))
    // One more may be there, whose word was cut off.
    expect(names.length - stored).toBeGreaterThanOrEqual(0)
    expect(names.length - stored).toBeLessThanOrEqual(1)
    for (const name of names) expect(await vault.get(name)).toBe(`secret of ${name}`)
    await vault.put(`after/${round}`, 'stored after that')
  }
  expect(readdirSync(world.home).filter((name) => name.includes('vault.sealed'))).toEqual(['vault.sealed'])
})
