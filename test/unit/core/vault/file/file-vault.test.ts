/** The encrypted file as a vault: what goes in comes out, processes share it, and everything else is refused. */
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { chmod, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VaultKeys } from '#core/vault/file/keys.ts'
import { createFileVaultWorld, type FileVaultWorld, PASSPHRASE } from '../../../../support/file-vault-world.ts'

let world: FileVaultWorld
beforeEach(() => {
  world = createFileVaultWorld()
})
afterEach(() => world.end())

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error
const ENTRY = 'identity/1/secret-access-key'

describe('secrets', () => {
  it('come back the same, in this process and in another, as a model of them says', { timeout: 60_000 }, async () => {
    const entries = ['a', 'b/c', 'session-key/d']
    const operation = fc.oneof(
      fc.record({
        op: fc.constant('put' as const),
        entry: fc.constantFrom(...entries),
        secret: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }).filter((text) => !text.includes('\0')),
      }),
      fc.record({
        op: fc.constantFrom('get' as const, 'remove' as const, 'reopen' as const),
        entry: fc.constantFrom(...entries),
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 12 }), async (operations) => {
        const own = createFileVaultWorld()
        try {
          const model = new Map<string, string>()
          const keys = new VaultKeys()
          let vault = own.open({ keys })
          await vault.create(PASSPHRASE)
          for (const each of operations) {
            if (each.op === 'put') {
              await vault.put(each.entry, each.secret)
              model.set(each.entry, each.secret)
            } else if (each.op === 'remove') {
              await vault.remove(each.entry)
              model.delete(each.entry)
            } else if (each.op === 'reopen') vault = own.open({ keys })
            else if (model.has(each.entry)) expect(await vault.get(each.entry)).toBe(model.get(each.entry))
            else await expect(vault.get(each.entry)).rejects.toThrow(code('vault.entry-lost'))
          }
          expect([...((await vault.entries()) ?? [])].sort()).toEqual([...model.keys()].sort())
          const listed = [...model.keys()].flatMap((name) => [name, `file:${name}`])
          expect(own.store.vaultIndex.list().sort()).toEqual(listed.sort())
          const another = own.open()
          for (const [entry, secret] of model) expect(await another.get(entry)).toBe(secret)
        } finally {
          own.end()
        }
      }),
      { numRuns: 25 },
    )
  })

  it('are not in the file, and the file is this user’s alone', async () => {
    const vault = world.open()
    await vault.put(ENTRY, 'planted-secret-0123456789')
    expect(readFileSync(world.path, 'utf8')).not.toContain('planted')
    expect(readFileSync(world.path, 'utf8')).not.toContain(PASSPHRASE)
    expect(statSync(world.path).mode & 0o777).toBe(0o600)
    await chmod(world.path, 0o644)
    await vault.put(ENTRY, 'another-secret')
    expect(statSync(world.path).mode & 0o777).toBe(0o600)
  })

  it.each(['', 'a\0b', '\ud800'])('%j is refused', async (secret) => {
    await expect(world.open().put(ENTRY, secret)).rejects.toThrow(code('input.invalid'))
  })

  it('that another vault has are not taken for lost, and not taken off the list', async () => {
    const vault = world.open()
    await vault.create(PASSPHRASE)
    world.store.vaultIndex.add(ENTRY)
    await expect(vault.get(ENTRY)).rejects.toThrow(code('vault.elsewhere'))
    await expect(vault.remove(ENTRY)).rejects.toThrow(code('vault.elsewhere'))
    expect(world.store.vaultIndex.has(ENTRY)).toBe(true)
    expect(vault.missing(new Set())).toEqual({ elsewhere: 1, lost: 0 })
  })

  it('of writers at the same moment are all there', async () => {
    const keys = new VaultKeys()
    await world.open({ keys }).create(PASSPHRASE)
    const names = Array.from({ length: 30 }, (_, number) => `e/${number}`)
    await Promise.all(names.map((name) => world.open({ keys }).put(name, `secret of ${name}`)))
    for (const name of names) expect(await world.open({ keys }).get(name)).toBe(`secret of ${name}`)
  })
})

describe('the passphrase', () => {
  it('makes the file with the first secret, for whoever chose this vault and gave one', async () => {
    await world.open().put(ENTRY, 'a-secret')
    expect(await world.open().get(ENTRY)).toBe('a-secret')
  })

  it('is asked for, twice as new, and three times when wrong', async () => {
    const asked: unknown[] = []
    const answering = (...answers: string[]) => ({
      passphrase: '',
      prompt: async (request: { isNew: boolean; problem?: Error }) => {
        asked.push([request.isNew, request.problem && 'problem'])
        return answers.shift() ?? ''
      },
    })
    await world.open(answering(PASSPHRASE)).put(ENTRY, 'a-secret')
    expect(await world.open(answering('wrong one', PASSPHRASE)).get(ENTRY)).toBe('a-secret')
    await expect(world.open(answering('wrong one', 'wrong two', 'wrong three')).get(ENTRY)).rejects.toThrow(
      code('vault.wrong-passphrase'),
    )
    expect(asked).toEqual([
      [true, undefined],
      [false, undefined],
      [false, 'problem'],
      [false, undefined],
      [false, 'problem'],
      [false, 'problem'],
    ])
  })

  it('is the same composed and decomposed, and with a line feed of the file it was read from', async () => {
    await world.open({ passphrase: 'caf\u00e9 au lait' }).put(ENTRY, 'a-secret')
    expect(await world.open({ passphrase: 'cafe\u0301 au lait\n' }).get(ENTRY)).toBe('a-secret')
  })

  it.each(['', '   ', 'seven77'])('%j is too short for a new file', async (text) => {
    await expect(world.open().create(text)).rejects.toThrow(code('input.invalid'))
    expect(existsSync(world.path)).toBe(false)
  })

  it('missing, with nobody to ask, is a locked vault or a missing one; and nothing is made', async () => {
    const alone = { passphrase: '' }
    await expect(world.open(alone).put(ENTRY, 'a-secret')).rejects.toThrow(code('vault.missing'))
    expect(await world.open(alone).status()).toMatchObject({ kind: 'file', state: 'unavailable' })
    await world.open().put(ENTRY, 'a-secret')
    await expect(world.open(alone).get(ENTRY)).rejects.toThrow(code('vault.locked'))
    expect(await world.open(alone).status()).toMatchObject({ state: 'locked', problem: { code: 'vault.locked' } })
    expect(await world.open().status()).toEqual({ kind: 'file', state: 'unlocked', problem: null })
  })

  it('in the environment, once wrong, is not tried again and again', async () => {
    await world.open().put(ENTRY, 'a-secret')
    const wrong = world.open({ passphrase: 'not the passphrase' })
    for (let count = 0; count < 10; count += 1) {
      expect(await wrong.status()).toMatchObject({ state: 'locked', problem: { code: 'vault.wrong-passphrase' } })
    }
    expect(await world.open().get(ENTRY)).toBe('a-secret')
  })

  it('changed opens everything, the old one nothing, and only the header is another', async () => {
    const vault = world.open()
    await vault.put(ENTRY, 'a-secret')
    const body = (text: string) => JSON.parse(text.split('\n')[1] ?? '') as { revision: number; entries: unknown }
    const before = body(readFileSync(world.path, 'utf8'))
    await expect(vault.changePassphrase('short')).rejects.toThrow(code('input.invalid'))
    await vault.changePassphrase('another passphrase')
    expect(body(readFileSync(world.path, 'utf8'))).toEqual({ ...before, revision: before.revision + 1 })
    await expect(world.open().get(ENTRY)).rejects.toThrow(code('vault.wrong-passphrase'))
    expect(await world.open({ passphrase: 'another passphrase' }).get(ENTRY)).toBe('a-secret')
    await expect(world.open().changePassphrase('a third passphrase')).rejects.toThrow(code('vault.wrong-passphrase'))
  })
})

describe('a file that was put back', () => {
  it('in an older state is refused, until that is accepted with the passphrase', async () => {
    const vault = world.open()
    await vault.put(ENTRY, 'old-secret')
    copyFileSync(world.path, `${world.path}.backup`)
    await vault.put(ENTRY, 'new-secret')
    copyFileSync(`${world.path}.backup`, world.path)
    const attempts = [() => vault.get(ENTRY), () => vault.put(ENTRY, 'x-secret'), () => world.open().get(ENTRY)]
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(code('vault.replaced'))
    await expect(world.open({ passphrase: 'not the passphrase' }).accept()).rejects.toThrow(
      code('vault.wrong-passphrase'),
    )
    await world.open().accept()
    expect(await world.open().get(ENTRY)).toBe('old-secret')
  })

  it('and is of another vault, or another state of the same age, is refused', async () => {
    const vault = world.open()
    await vault.put(ENTRY, 'one')
    copyFileSync(world.path, `${world.path}.fork`)
    await vault.put(ENTRY, 'two')
    copyFileSync(world.path, `${world.path}.two`)
    copyFileSync(`${world.path}.fork`, world.path)
    await vault.accept()
    await vault.put(ENTRY, 'two of another')
    copyFileSync(`${world.path}.two`, world.path)
    await expect(vault.get(ENTRY)).rejects.toThrow(code('vault.replaced'))

    const other = createFileVaultWorld()
    await other.open().put(ENTRY, 'theirs')
    copyFileSync(other.path, world.path)
    other.end()
    await expect(vault.get(ENTRY)).rejects.toThrow(code('vault.replaced'))
  })

  it('is needed when it is gone: no new one is made in its place', async () => {
    const vault = world.open()
    await vault.put(ENTRY, 'a-secret')
    await rename(world.path, `${world.path}.away`)
    const attempts = [() => vault.get(ENTRY), () => vault.put(ENTRY, 'x-secret'), () => vault.create(PASSPHRASE)]
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(code('vault.missing'))
    expect(await vault.status()).toMatchObject({ state: 'unavailable', problem: { code: 'vault.missing' } })
    await rename(`${world.path}.away`, world.path)
    expect(await vault.get(ENTRY)).toBe('a-secret')
  })
})

describe('the file itself', () => {
  it('is kept aside when a new one is to replace it, also a damaged one', async () => {
    await world.open().put(ENTRY, 'a-secret')
    writeFileSync(world.path, 'damaged')
    await expect(world.open().create(PASSPHRASE)).rejects.toThrow(code('vault.damaged'))
    const { made, setAside } = await world.open().create('another passphrase', { replace: true })
    expect(made).toBe(true)
    expect(readFileSync(setAside ?? '', 'utf8')).toBe('damaged')
    const next = world.open({ passphrase: 'another passphrase' })
    await expect(next.get(ENTRY)).rejects.toThrow(code('vault.entry-lost'))
    expect(next.missing(new Set())).toEqual({ elsewhere: 0, lost: 1 })
    // What was lost with the old one can be taken off the list, and so the record that had it removed.
    await next.remove(ENTRY)
    expect(world.store.vaultIndex.list()).toEqual([])
  })

  it('may be a link to another place, which stays one', async () => {
    await mkdir(join(world.home, 'disk'))
    symlinkSync(join(world.home, 'disk', 'vault'), world.path)
    await world.open().put(ENTRY, 'a-secret')
    await world.open().put('b', 'b-secret')
    expect(readdirSync(join(world.home, 'disk'))).toEqual(['vault'])
    expect(await world.open().get(ENTRY)).toBe('a-secret')
  })

  it('is no folder, pipe or circle of links', async () => {
    await mkdir(world.path)
    await expect(world.open().get(ENTRY)).rejects.toThrow(code('file.not-a-file'))
    await expect(world.open().get(ENTRY)).rejects.not.toThrow(/AWS_CONFIG/)
  })
})
