/** Both files from text, and what the check says about them. */
import { stateOfBytes } from '#core/awsfiles/check/file-state.ts'
import { findProblems } from '#core/awsfiles/check/rules.ts'
import type { CheckInput } from '#core/awsfiles/check/types.ts'
import type { CorpusCase } from '../../../../corpus/awsfiles/types.ts'

export interface TestFiles extends Pick<CorpusCase, 'config' | 'credentials'> {
  readonly platform?: NodeJS.Platform
  readonly configMode?: number
  readonly credentialsMode?: number
}

export const NOW = Date.parse('2026-11-25T12:00:00Z')

export function toBytes(content: string | Uint8Array = ''): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}

export function makeInput(files: TestFiles): CheckInput {
  return {
    config: stateOfBytes('config', '/home/u/.aws/config', toBytes(files.config), files.configMode),
    credentials: stateOfBytes(
      'credentials',
      '/home/u/.aws/credentials',
      toBytes(files.credentials),
      files.credentialsMode,
    ),
    platform: files.platform ?? 'linux',
    now: NOW,
  }
}

/** `config:3 value.comment botocore`, with `!` behind a reader that rejects the file. */
export function problemsOf(files: TestFiles): string[] {
  return findProblems(makeInput(files)).map(({ kind, line, code, breaks, rejectedBy }) => {
    const readers = breaks.map((reader) => (rejectedBy.includes(reader) ? `${reader}!` : reader))
    return `${kind}:${line} ${code} ${readers.join(',')}`.trim()
  })
}
