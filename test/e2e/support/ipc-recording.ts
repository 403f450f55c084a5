/** Everything that crossed between page and main in a test, to be searched for secrets. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IpcLogLine } from '../../electron-stand-in/ipc-log.ts'
import { type SecretHit, scanText } from '../../support/secret-scan.ts'

/** Requests that carry what the person has just typed or pasted into the page. Nothing of it may ever come back. */
const TYPED = ['identities.add', 'identities.add-totp', 'breakglass.add', 'kit.export', 'kit.open']
/** The one reply with a secret: of a sealed credential, while the person looks at it. */
const ASKED_FOR = ['breakglass.reveal']

export interface IpcRecording {
  /** What the stand-in needs to record; the real binary ignores it. */
  readonly env: Record<string, string>
  /** Secrets in any message but the requests a person typed them into, and the replies that show one on request. */
  hits(secrets: Readonly<Record<string, string>>): SecretHit[]
  messages(): IpcLogLine[]
  remove(): void
}

export function recordIpc(): IpcRecording {
  const folder = mkdtempSync(join(tmpdir(), 'ipc-'))
  const file = join(folder, 'messages')
  const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [])
  return {
    env: { ELECTRON_STAND_IN_IPC_LOG: file },
    messages: () => lines().map((line) => JSON.parse(line) as IpcLogLine),
    hits: (secrets) =>
      lines().flatMap((line) => {
        const { kind, channel } = JSON.parse(line) as IpcLogLine
        if (kind === 'request' && TYPED.includes(channel)) return []
        if (kind === 'reply' && ASKED_FOR.includes(channel)) return []
        return scanText(`${kind} of ${channel}`, line, secrets)
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
