/** Who may read the files, and what Hallpass itself may have left in them. */
import { expiryOf } from '../profile-text.ts'
import { fromLatin1 } from './file-state.ts'
import type { FileState, Finding, Rule } from './types.ts'

const SECRET_KEYS: ReadonlySet<string> = new Set(['aws_secret_access_key', 'aws_session_token', 'aws_security_token'])
const GROUP_AND_OTHERS = 0o077

/** The AWS CLI makes its files 0600, and no SDK looks at the mode (AWS facts A.9). */
export const fileModes: Rule = ({ config, credentials }) =>
  [config, credentials].flatMap((file): Finding[] => {
    if (file.mode === undefined || (file.mode & GROUP_AND_OTHERS) === 0) return []
    if (file.kind === 'config' && !holdsSecrets(file)) return []
    return [
      {
        kind: file.kind,
        line: 0,
        code: 'file.mode',
        message: `Other users of this machine may open the file: its mode is ${octal(file.mode)}.`,
        breaks: [],
        rejectedBy: [],
        advice: `Set its mode to ${octal(file.mode & ~GROUP_AND_OTHERS)}.`,
        repair: { kind: 'mode', mode: file.mode & ~GROUP_AND_OTHERS },
      },
    ]
  })

/** `0644` */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}

function holdsSecrets({ parts }: FileState): boolean {
  return parts.some(({ properties }) => properties.some(({ key, value }) => SECRET_KEYS.has(key) && value !== ''))
}

/** Static keys that Hallpass wrote, past their end: left by another Hallpass, or by one that could not remove them. */
export const expiredKeys: Rule = ({ credentials: file, now }) =>
  file.parts.flatMap(({ section, line, properties }): Finding[] => {
    const expiry = expiryOf(file.document, section)
    const keyId = properties.find(({ key }) => key === 'aws_access_key_id')?.value
    if (!expiry || expiry.keyId !== keyId || !(expiry.at.getTime() <= now)) return []
    const name = fromLatin1(section.name)
    return [
      {
        kind: file.kind,
        line,
        code: 'keys.expired',
        message: `The keys that Hallpass wrote for profile ${name} have expired.`,
        breaks: ['aws', 'botocore', 'js-sdk'],
        rejectedBy: [],
        advice: 'Start a session for it again, or remove the section.',
      },
    ]
  })
