/** Leapp's workspace as Leapp itself writes it, from what its sources say of the format; encrypted by other means than Hallpass reads it. */
import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface LeappSessionText {
  readonly sessionId: string
  readonly sessionName: string
  readonly type: string
  readonly region: string
  readonly profileId: string
  readonly [more: string]: unknown
}

/** The members that class-transformer writes of a workspace of version 6. */
export function workspaceText(
  sessions: readonly LeappSessionText[],
  profiles: readonly { id: string; name: string }[],
  integrations: readonly Readonly<Record<string, unknown>>[] = [],
): string {
  return JSON.stringify({
    _pinned: [],
    _sessions: sessions.map((session) => ({ status: 0, sessionTokenExpiration: undefined, ...session })),
    _folders: [],
    _segments: [],
    _defaultRegion: 'us-east-1',
    _defaultLocation: 'eastus',
    _macOsTerminal: 'Terminal',
    _idpUrls: [],
    _profiles: profiles,
    _pluginsStatus: [],
    _awsSsoIntegrations: integrations,
    _azureIntegrations: [],
    _proxyConfiguration: { proxyProtocol: 'https', proxyPort: '8080' },
    _credentialMethod: 'credential-file-method',
    _workspaceVersion: 6,
  })
}

export function session(
  type: string,
  sessionName: string,
  more: Readonly<Record<string, unknown>> = {},
): LeappSessionText {
  return { sessionId: randomUUID(), sessionName, type, region: 'eu-west-1', profileId: 'p-default', ...more }
}

/** What node-machine-id gives on this computer, on Linux. */
export function thisMachine(): string {
  const [line = ''] = readFileSync('/etc/machine-id', 'utf8').split('\n')
  return createHash('sha256').update(line.trim()).digest('hex')
}

/** As `CryptoJS.AES.encrypt(text, passphrase).toString()` does. */
export function encryptAsCryptoJs(text: string, passphrase: string): string {
  const salt = randomBytes(8)
  const secret = Buffer.concat([Buffer.from(passphrase, 'utf8'), salt])
  const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest()
  const first = md5(secret)
  const second = md5(first, secret)
  const third = md5(second, secret)
  const cipher = createCipheriv('aes-256-cbc', Buffer.concat([first, second]), third)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from('Salted__'), salt, body]).toString('base64')
}

/** @returns the file's path */
export function writeLeappHome(home: string, text: string, machine = thisMachine()): string {
  mkdirSync(join(home, '.Leapp'), { recursive: true })
  const file = join(home, '.Leapp', 'Leapp-lock.json')
  writeFileSync(file, encryptAsCryptoJs(text, machine))
  return file
}
