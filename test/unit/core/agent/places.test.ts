import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endpointFile, isOfVersion, isOlder, readEndpoint } from '#core/agent/endpoint.ts'
import { contextOf, contextsServed, isAgentRefused, PROTOCOL } from '#core/agent/protocol.ts'
import { ensurePrivateFolder, socketPlaces } from '#core/agent/socket-place.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-places-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const endpoint = {
  protocol: PROTOCOL,
  version: '1.2.3',
  kind: 'standalone' as const,
  pid: 1,
  socket: '/s',
  token: 't',
}

describe('the place of the socket', () => {
  it('is below the state folder first, then among the run-time files, then the temporary ones', () => {
    const sockets = socketPlaces('/home/dana/.config/Hallpass', { XDG_RUNTIME_DIR: '/run/user/1000' }, 'linux')
    expect(sockets.map(({ socket }) => socket)).toEqual([
      '/home/dana/.config/Hallpass/agent/socket',
      expect.stringMatching(/^\/run\/user\/1000\/hallpass-[0-9a-f]{16}\/socket$/),
      expect.stringMatching(/\/hallpass-\d+-[0-9a-f]{16}\/socket$/),
    ])
  })

  it('is never too long for a socket: macOS takes 103 bytes and a NUL', () => {
    const home = `/home/${'é'.repeat(60)}`
    const sockets = socketPlaces(home, { XDG_RUNTIME_DIR: '/run/user/1000' }, 'linux')
    expect(sockets).toHaveLength(2)
    for (const { socket } of sockets) expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(103)
  })

  it('is another for every state folder, and the same for one', () => {
    const place = (home: string) => socketPlaces(home, {}, 'linux').at(-1)?.socket
    expect(place('/a')).not.toBe(place('/b'))
    expect(place('/a')).toBe(place('/a'))
  })

  it('on Windows is a pipe of a name nobody can know before', () => {
    const name = () => socketPlaces('C:\\Users\\dana', {}, 'win32')[0]?.socket
    expect(name()).toMatch(/^\\\\\.\\pipe\\hallpass-[0-9a-f]{32}$/)
    expect(name()).not.toBe(name())
  })
})

describe('a private folder', () => {
  it('is made with mode 0700, and one’s own is tightened', () => {
    const path = join(folder, 'own')
    ensurePrivateFolder(path)
    expect(statSync(path).mode & 0o777).toBe(0o700)
    chmodSync(path, 0o777)
    ensurePrivateFolder(path)
    expect(statSync(path).mode & 0o777).toBe(0o700)
  })

  it('is no link and no file', () => {
    mkdirSync(join(folder, 'elsewhere'))
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'link'))
    writeFileSync(join(folder, 'file'), '')
    for (const name of ['link', 'file']) {
      expect(() => ensurePrivateFolder(join(folder, name))).toThrow(
        expect.objectContaining({ code: 'file.permission' }),
      )
    }
  })
})

describe('the endpoint', () => {
  function write(content: string, mode = 0o600, folderMode = 0o700): string {
    const home = mkdtempSync(join(folder, 'home-'))
    mkdirSync(join(home, 'agent'), { mode: folderMode })
    writeFileSync(endpointFile(home), content, { mode })
    return home
  }

  it('is read when only this user can read it', () => {
    expect(readEndpoint(write(JSON.stringify(endpoint)))).toEqual(endpoint)
  })

  it.each([
    ['others can read it', JSON.stringify(endpoint), 0o640, 0o700],
    ['others can enter its folder', JSON.stringify(endpoint), 0o600, 0o710],
    ['it is no JSON', '{', 0o600, 0o700],
    ['it is null', 'null', 0o600, 0o700],
    ['it has no token', JSON.stringify({ ...endpoint, token: '' }), 0o600, 0o700],
    ['its socket is no text', JSON.stringify({ ...endpoint, socket: {} }), 0o600, 0o700],
  ])('counts as absent when %s', (_what, content, mode, folderMode) => {
    expect(readEndpoint(write(content, mode, folderMode))).toBeUndefined()
  })

  it('counts as absent behind a link', () => {
    const home = mkdtempSync(join(folder, 'home-'))
    symlinkSync(join(write(JSON.stringify(endpoint)), 'agent'), join(home, 'agent'))
    expect(readEndpoint(home)).toBeUndefined()
  })

  it.each([
    [PROTOCOL, '1.2.3', '1.2.3', true, false],
    [PROTOCOL, '1.2.3', '1.10.0', false, true],
    [PROTOCOL, '1.10.0', '1.2.3', false, false],
    [PROTOCOL - 1, '9.0.0', '1.2.3', false, true],
    [PROTOCOL + 1, '1.0.0', '1.2.3', false, false],
  ])('of protocol %s and version %s, for a client of %s', (protocol, version, own, same, older) => {
    expect(isOfVersion({ ...endpoint, protocol, version }, own)).toBe(same)
    expect(isOlder({ ...endpoint, protocol, version }, own)).toBe(older)
  })
})

describe('the surroundings of a client', () => {
  it.each([
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_STS',
    'AWS_CONFIG_FILE',
    'AWS_SHARED_CREDENTIALS_FILE',
    'HALLPASS_VAULT',
  ])('are others with another %s', (name) => {
    expect(contextOf({ [name]: 'x' })).not.toBe(contextOf({}))
    expect(contextOf({ [name]: ' ' })).toBe(contextOf({}))
  })

  it('are the same whatever else there is', () => {
    expect(contextOf({ AWS_PROFILE: 'x', AWS_ACCESS_KEY_ID: 'y', PATH: 'z' })).toBe(contextOf({}))
  })

  it('fit where the vault is named, and where it is left to the stored choice', () => {
    const env = { AWS_CONFIG_FILE: '/a', HALLPASS_VAULT: 'file' }
    const client = (vault: string) => contextOf({ ...env, HALLPASS_VAULT: vault })
    expect(contextsServed(env, 'file', 'file')).toEqual([client('file'), client('')])
    expect(contextsServed(env, 'file', 'keychain')).toEqual([client('file')])
    expect(contextsServed(env, 'keychain', 'keychain')).not.toContain(client('file'))
  })

  it.each([
    [undefined, false],
    ['', false],
    ['0', false],
    ['1', true],
    ['true', true],
  ])('HALLPASS_NO_AGENT=%s refuses the agent: %s', (value, refused) => {
    expect(isAgentRefused({ HALLPASS_NO_AGENT: value })).toBe(refused)
  })
})
