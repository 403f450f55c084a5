/**
 * Where aws-vault keeps its keys. On Linux, in the Secret Service: in a collection of its own, under the attribute
 * `profile`, which keytar can't ask for; `gdbus` lists them and `secret-tool` reads one. On macOS, in the keychain under
 * the service `aws-vault`. Everything else, and all of it on request, is asked of the aws-vault program itself.
 */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { HallpassError } from '#shared/errors.ts'
import { programsNamed } from '../programs.ts'
import { askBus, BusTimeout, GdbusMissing } from '../session-bus.ts'
import { type AwsVaultKey, isKeyName, readCredentials } from './aws-vault.ts'

export interface AwsVaultParts {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The person's home folder, absolute. */
  readonly home: string
  readonly platform: NodeJS.Platform
  /** An item of aws-vault's in the keychain; null when it is not there. @throws `vault.*` */
  readonly secret: (account: string) => Promise<string | null>
}

export interface AwsVaultFindings {
  readonly keys: readonly AwsVaultKey[]
  /** Names whose key can't be had this way, each with why, as a sentence. */
  readonly leftOut: ReadonlyMap<string, string>
}

const WITH_PROGRAM = 'The aws-vault program can give what it keeps (--with-program).'
const SERVICE = 'org.freedesktop.secrets'
/** A person may have to unlock something. */
const TIMEOUT_MS = 60_000
const LONGEST_OUTPUT = 1024 * 1024
/** Each question is a process, and a keyring may hold hundreds of items. */
const AT_ONCE = 8

/**
 * @param profiles names of the AWS files: macOS tells no others
 * @throws `import.nothing-there`, `vault.*`
 */
export async function findAwsVaultKeys(
  parts: AwsVaultParts,
  profiles: readonly string[],
  withProgram: boolean,
): Promise<AwsVaultFindings> {
  const keys: AwsVaultKey[] = []
  const leftOut = new Map<string, string>()
  const { names, read } = withProgram ? await viaProgram(parts) : await viaKeychain(parts, profiles)
  for (const name of names.filter(isKeyName)) {
    const text = await read(name)
    if (text === null) continue
    const key = readCredentials(name, text)
    if (key) keys.push(key)
    else leftOut.set(name, 'It has no long-term key.')
  }
  const isTaken = (name: string) => keys.some(({ profile }) => profile === name) || leftOut.has(name)
  if (!withProgram) {
    for (const name of fileNames(parts.home).filter((each) => !isTaken(each))) {
      leftOut.set(name, `It is in a file that only aws-vault and its passphrase open. ${WITH_PROGRAM}`)
    }
  }
  if (keys.length === 0 && leftOut.size === 0) throw nothingThere(withProgram)
  return { keys, leftOut }
}

interface Place {
  readonly names: readonly string[]
  read(name: string): Promise<string | null>
}

async function viaKeychain(parts: AwsVaultParts, profiles: readonly string[]): Promise<Place> {
  if (parts.platform === 'linux') return secretService(parts)
  if (parts.platform === 'darwin') {
    const names = profiles.filter((name) => /^[A-Za-z0-9/_-]{1,200}$/.test(name))
    return { names, read: parts.secret }
  }
  return { names: [], read: async () => null }
}

/** aws-vault has no passphrase for the names of its files. */
function fileNames(home: string): string[] {
  try {
    return readdirSync(join(home, '.awsvault', 'keys')).filter(isKeyName)
  } catch {
    return []
  }
}

const itemSchema = z.object({ Data: z.string() })

async function secretService({ env }: AwsVaultParts): Promise<Place> {
  const collection = env.AWS_VAULT_SECRET_SERVICE_COLLECTION_NAME || 'awsvault'
  const path = `/${SERVICE.replaceAll('.', '/')}/collection/${collection.replaceAll(/[^A-Za-z0-9_]/g, '_')}`
  const names = await profilesIn(path)
  const [tool] = programsNamed('secret-tool', env)
  if (names.length > 0 && tool === undefined) {
    throw new HallpassError(
      'import.nothing-there',
      'The keys of aws-vault are in the keyring, where secret-tool is needed to read them.',
      {
        hint: `Install it (Debian, Ubuntu: libsecret-tools; Fedora, Arch: libsecret). ${WITH_PROGRAM}`,
      },
    )
  }
  return {
    names,
    async read(name) {
      try {
        const { Data } = itemSchema.parse(JSON.parse(await run(tool ?? '', ['lookup', 'profile', name], env)))
        return Buffer.from(Data, 'base64').toString('utf8')
      } catch {
        // No item of aws-vault's, or one it keeps locked.
        return ''
      }
    },
  }
}

/** @throws `vault.locked`, `vault.timeout` */
async function profilesIn(path: string): Promise<string[]> {
  try {
    if ((await property(path, 'Collection', 'Locked')).includes('true')) {
      throw new HallpassError('vault.locked', 'The keyring of aws-vault is locked.', {
        hint: `Unlock it (“Passwords and Keys” does, or aws-vault list), then try again. ${WITH_PROGRAM}`,
      })
    }
    const attributes: string[] = []
    const items = await itemsIn(path)
    for (let at = 0; at < items.length; at += AT_ONCE)
      attributes.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map((item) => attributesOf(item, path)))))
    return attributes.flatMap((answer) => profileOf(answer) ?? [])
  } catch (error) {
    if (error instanceof HallpassError) throw error
    if (error instanceof BusTimeout) throw unanswered()
    if (error instanceof GdbusMissing) {
      throw new HallpassError(
        'import.nothing-there',
        'Without gdbus, part of GLib’s tools, the keyring of aws-vault can’t be looked into.',
        {
          hint: WITH_PROGRAM,
        },
      )
    }
    // No such collection, or no keyring at all.
    return []
  }
}

function property(of: string, kind: 'Collection' | 'Item', name: string): Promise<string> {
  return askBus(SERVICE, of, 'org.freedesktop.DBus.Properties.Get', `org.freedesktop.Secret.${kind}`, name)
}

async function itemsIn(path: string): Promise<string[]> {
  const answer = await property(path, 'Collection', 'Items')
  return [...answer.matchAll(/'(\/[^']+)'/g)].map(([, item]) => item ?? '')
}

/**
 * What `gdbus` prints of them; empty for an item that another program has taken out since the list was read.
 * @throws `vault.timeout` when it is still there: a key that was passed over would be missing without a word
 */
async function attributesOf(item: string, path: string): Promise<string> {
  try {
    return await property(item, 'Item', 'Attributes')
  } catch {
    if ((await itemsIn(path)).includes(item)) throw unanswered()
    return ''
  }
}

function unanswered(): HallpassError {
  return new HallpassError('vault.timeout', 'The keyring of aws-vault does not answer.', {
    hint: `Try again. ${WITH_PROGRAM}`,
  })
}

/** Of `(<{'profile': 'name'}>,)`, as gdbus prints it; a text with a quote in it is in double quotes. */
function profileOf(answer: string): string | undefined {
  const [, single, double] = /'profile': (?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/.exec(answer) ?? []
  return (single ?? double)?.replaceAll(/\\(.)/g, '$1')
}

async function viaProgram({ env }: AwsVaultParts): Promise<Place> {
  const [program] = programsNamed('aws-vault', env)
  if (program === undefined) {
    throw new HallpassError('import.nothing-there', 'There is no aws-vault program on PATH.', {
      hint: 'Install aws-vault, or leave the option out: then Hallpass looks in the keychain itself.',
    })
  }
  const listed = await run(program, ['list', '--credentials'], env)
  return {
    names: listed
      .split('\n')
      .map((line) => line.trim())
      .filter((name) => name !== '' && !name.startsWith('-')),
    read: (name) => run(program, ['export', '--no-session', '--format=json', name], env),
  }
}

/** Runs a program, whose questions go to the terminal there is. @returns what it printed; nothing of it is ever quoted */
function run(program: string, words: string[], env: AwsVaultParts['env']): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env, stdio: ['inherit', 'pipe', 'inherit'], windowsHide: true })
    const timer = setTimeout(() => child.kill(), TIMEOUT_MS)
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(0, LONGEST_OUTPUT)
    })
    const end = (exit: number | null) => {
      clearTimeout(timer)
      if (exit === 0) return resolve(output)
      reject(
        new HallpassError('import.invalid', `${program} did not answer: ${words.join(' ')}`, {
          hint: 'Run it in a terminal to see what it needs. Nothing was changed.',
        }),
      )
    }
    child.on('error', () => end(null))
    child.on('close', end)
  })
}

function nothingThere(withProgram: boolean): HallpassError {
  return new HallpassError('import.nothing-there', 'No keys of aws-vault’s were found on this computer.', {
    hint: withProgram ? 'aws-vault list shows what it has.' : `They may be where only aws-vault looks. ${WITH_PROGRAM}`,
  })
}
