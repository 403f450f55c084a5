/**
 * Hunts for planted secrets in everything a run left behind. A secret counts as found in plain text and in the
 * encodings it could travel in: UTF-16, base64 at any alignment, hex, URL and JSON escapes.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SecretHit {
  readonly file: string
  /** Name the secret was planted under, never its value. */
  readonly secret: string
  readonly encoding: string
}

/** Every form of every secret. `secrets` maps a name to its value; values under 8 characters are refused as too weak. */
function needlesOf(secrets: Readonly<Record<string, string>>): { secret: string; encoding: string; bytes: Buffer }[] {
  return Object.entries(secrets).flatMap(([secret, value]) => {
    if (value.length < 8) throw new Error(`${secret} is too short to hunt for`)
    const plain = Buffer.from(value)
    const forms: [encoding: string, bytes: Buffer][] = [
      ['plain', plain],
      ['utf-16', Buffer.from(value, 'utf16le')],
      ['hex', Buffer.from(plain.toString('hex'))],
      ['url', Buffer.from(encodeURIComponent(value))],
      ['json', Buffer.from(JSON.stringify(value).slice(1, -1))],
      ...[0, 1, 2].map((shift): [string, Buffer] => [`base64+${shift}`, base64Core(plain, shift)]),
    ]
    return forms.map(([encoding, bytes]) => ({ secret, encoding, bytes }))
  })
}

/** The part of the base64 text that does not depend on what stands before or after the secret. */
function base64Core(plain: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), plain])
    .toString('base64')
    .replace(/=+$/, '')
  return Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, text.length - 3))
}

/** Secrets found in `content`, such as a heap snapshot or a log held in memory. */
export function scanText(
  name: string,
  content: string | Buffer,
  secrets: Readonly<Record<string, string>>,
): SecretHit[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return needlesOf(secrets)
    .filter((needle) => bytes.includes(needle.bytes))
    .map(({ secret, encoding }) => ({ file: name, secret, encoding }))
}

/**
 * Secrets found in any regular file below `folders`. Links are not followed; files that vanish meanwhile are skipped.
 * `ignore` leaves a file out by its path, such as the keyring itself.
 */
export function scanFolders(
  folders: readonly string[],
  secrets: Readonly<Record<string, string>>,
  ignore: (path: string) => boolean = () => false,
): { hits: SecretHit[]; filesRead: number } {
  const needles = needlesOf(secrets)
  const hits: SecretHit[] = []
  let filesRead = 0
  const queue = [...folders]
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (ignore(path)) continue
    try {
      const stat = lstatSync(path)
      if (stat.isDirectory()) {
        for (const name of readdirSync(path)) queue.push(join(path, name))
      } else if (stat.isFile()) {
        const bytes = readFileSync(path)
        filesRead += 1
        const file = path
        for (const { secret, encoding, bytes: needle } of needles)
          if (bytes.includes(needle)) hits.push({ file, secret, encoding })
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return { hits, filesRead }
}
