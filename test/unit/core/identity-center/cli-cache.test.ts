import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realFileSystem } from '#core/awsfiles/file-system.ts'
import { printCliToken } from '#core/identity-center/cli-token.ts'
import { type CliCache, createCliCache } from '#core/identity-center/index.ts'
import { token } from './records.ts'

let root: string
let cache: CliCache
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hallpass-cli-cache-'))
  cache = createCliCache(join(root, 'state'), { HOME: join(root, 'home'), AWS_CONFIG_FILE: '/elsewhere/config' })
})
afterEach(() => rmSync(root, { recursive: true }))

const mode = (path: string) => statSync(path).mode & 0o777
const REGISTRATION = JSON.stringify({ clientId: 'c', clientSecret: 's', expiresAt: '2027-01-01T00:00:00Z' })

/** Puts a file there as another tool would. */
function plant(name: string, text: string): string {
  mkdirSync(cache.folder, { recursive: true })
  const file = join(cache.folder, name)
  writeFileSync(file, text)
  return file
}

describe('the folder of the AWS CLI', () => {
  it('is in the home folder, and files are named by the SHA-1 of the session’s name', () => {
    expect(cache.folder).toBe(join(root, 'home', '.aws', 'sso', 'cache'))
    // printf corp | sha1sum
    expect(cache.fileOf('corp')).toBe(join(cache.folder, 'ee0bfd2552fbd840c02cc48b6e823320543c450f.json'))
  })

  it('is made for this user alone, and so is each file', async () => {
    await cache.write('corp', token())
    expect(mode(cache.folder)).toBe(0o700)
    expect(mode(cache.fileOf('corp'))).toBe(0o600)
    expect(readdirSync(cache.folder)).toHaveLength(1)
  })

  it('gives back what was written', async () => {
    await cache.write('corp', token())
    expect(await cache.read('corp')).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' })
    expect(await cache.read('other')).toBeUndefined()
  })

  it('narrows a file that others could read', async () => {
    const file = plant(cache.fileOf('corp').slice(cache.folder.length + 1), '{}')
    chmodSync(file, 0o644)
    await cache.write('corp', token())
    expect(mode(file)).toBe(0o600)
  })

  it('looks again at what the AWS CLI is just writing: it empties the file first', async () => {
    const file = plant(cache.fileOf('corp').slice(cache.folder.length + 1), '')
    let looks = 0
    const lstat = (async (path: string) => {
      looks += 1
      if (looks === 2) writeFileSync(file, printCliToken(token()))
      return realFileSystem.lstat(path)
    }) as typeof realFileSystem.lstat
    const seeing = createCliCache(join(root, 'state'), {}, join(root, 'home'), { ...realFileSystem, lstat })
    expect(await seeing.read('corp')).toMatchObject({ accessToken: 'access-1' })
    expect(looks).toBe(2)
  })

  it('replaces what is damaged', async () => {
    const file = plant(cache.fileOf('corp').slice(cache.folder.length + 1), '{"accessTok')
    await expect(cache.read('corp')).rejects.toMatchObject({
      code: 'file.unparsable',
      message: expect.stringContaining(file),
    })
    await cache.write('corp', token())
    expect(await cache.read('corp')).toMatchObject({ accessToken: 'access-1' })
  })

  it('has whole files only, whoever writes at once', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => cache.write('corp', token({ accessToken: `access-${index}` }))),
    )
    expect(await cache.read('corp')).toMatchObject({ accessToken: expect.stringMatching(/^access-\d$/) })
    expect(readdirSync(cache.folder)).toHaveLength(1)
  })

  it('loses a file once', async () => {
    await cache.write('corp', token())
    expect(await cache.remove('corp')).toBe(true)
    expect(existsSync(cache.fileOf('corp'))).toBe(false)
    expect(await cache.remove('corp')).toBe(false)
  })
})

describe('listing', () => {
  it('finds nothing where there is no folder', async () => {
    expect(await cache.list()).toEqual({ tokens: [], problems: [] })
  })

  it('gives sign-ins, without registrations and other files, and names what is damaged', async () => {
    await cache.write('corp', token())
    await cache.write('https://d-1234567890.awsapps.com/start', token({ accessToken: 'legacy' }))
    plant(`${'a'.repeat(40)}.json`, REGISTRATION)
    plant('botocore-client-id-eu-west-1.json', REGISTRATION)
    plant('notes.txt', 'x')
    const broken = plant(`${'b'.repeat(40)}.json`, '{')
    const { tokens, problems } = await cache.list()
    expect(tokens.map(({ token: { accessToken } }) => accessToken).toSorted()).toEqual(['access-1', 'legacy'])
    expect(problems).toMatchObject([{ code: 'file.unparsable', message: expect.stringContaining(broken) }])
  })
})

describe('links', () => {
  const secret = () => JSON.stringify({ accessToken: 'outside', expiresAt: '2026-11-24T03:24:49Z' })

  it.each(['read', 'write'] as const)('out of the folder are not followed: %s', async (what) => {
    const outside = join(root, 'outside.json')
    writeFileSync(outside, secret())
    mkdirSync(cache.folder, { recursive: true })
    symlinkSync(outside, cache.fileOf('corp'))
    const work = what === 'read' ? cache.read('corp') : cache.write('corp', token())
    await expect(work).rejects.toMatchObject({ code: 'file.not-a-file' })
    expect(readFileSync(outside, 'utf8')).toBe(secret())
  })

  it('out of the folder to nothing are not followed either', async () => {
    mkdirSync(cache.folder, { recursive: true })
    symlinkSync(join(root, 'not-there.json'), cache.fileOf('corp'))
    await expect(cache.write('corp', token())).rejects.toMatchObject({ code: 'file.not-a-file' })
    expect(existsSync(join(root, 'not-there.json'))).toBe(false)
  })

  it('within the folder are', async () => {
    const target = plant('real.json', secret())
    symlinkSync('real.json', cache.fileOf('corp'))
    expect(await cache.read('corp')).toMatchObject({ accessToken: 'outside' })
    await cache.write('corp', token())
    expect(lstatSync(cache.fileOf('corp')).isSymbolicLink()).toBe(true)
    expect(readFileSync(target, 'utf8')).toContain('access-1')
  })

  it('of the folder itself are the person’s own affair', async () => {
    const elsewhere = join(root, 'dotfiles')
    mkdirSync(join(elsewhere, 'sso', 'cache'), { recursive: true })
    mkdirSync(join(root, 'home'))
    symlinkSync(elsewhere, join(root, 'home', '.aws'))
    await cache.write('corp', token())
    expect(readdirSync(join(elsewhere, 'sso', 'cache'))).toHaveLength(1)
    expect(await cache.read('corp')).toMatchObject({ accessToken: 'access-1' })
  })

  it('are removed, and not what they lead to', async () => {
    const outside = join(root, 'outside.json')
    writeFileSync(outside, secret())
    mkdirSync(cache.folder, { recursive: true })
    symlinkSync(outside, cache.fileOf('corp'))
    expect(await cache.remove('corp')).toBe(true)
    expect(readFileSync(outside, 'utf8')).toBe(secret())
  })

  it('in a circle are an error, not a hang', async () => {
    mkdirSync(cache.folder, { recursive: true })
    symlinkSync(cache.fileOf('corp'), cache.fileOf('corp'))
    await expect(cache.read('corp')).rejects.toMatchObject({ code: expect.stringMatching(/^file\./) })
  })
})

it('a folder in a file’s place is said', async () => {
  mkdirSync(cache.fileOf('corp'), { recursive: true })
  await expect(cache.read('corp')).rejects.toMatchObject({ code: 'file.not-a-file' })
  await expect(cache.remove('corp')).rejects.toMatchObject({ code: 'file.not-a-file' })
})
