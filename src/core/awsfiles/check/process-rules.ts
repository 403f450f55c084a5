/**
 * `credential_process` lines that the SDKs run differently: botocore splits the line itself, the JS SDK hands it to a
 * shell (AWS facts B.3). Only what stands outside quotes counts, for what a shell would do with it.
 */
import { splitShellWords } from '../readers/python-text.ts'
import type { ReaderName } from '../readers/types.ts'
import type { ProfileRule } from './profile-view.ts'

const ADVICE =
  'Name one program by its absolute path, with double quotes around what has blanks, and nothing of a shell.'

interface Flaw {
  readonly code: string
  /** Completes "The credential_process of profile NAME …". */
  readonly what: string
  readonly breaks: readonly ReaderName[]
}

export const processLines: ProfileRule = ({ name, merged }, { platform }) => {
  const placed = merged.get('credential_process')
  const flaw = placed && flawOf(placed.value, platform)
  if (!flaw) return []
  const { code, what, breaks } = flaw
  const message = `The credential_process of profile ${name} ${what}.`
  return [{ kind: placed.kind, line: placed.line, code, message, breaks, rejectedBy: [], advice: ADVICE }]
}

/** The first thing about a command line that not every SDK would run alike; `undefined` for a portable one. */
export function flawOf(line: string, platform: NodeJS.Platform): Flaw | undefined {
  const isWindows = platform === 'win32'
  const open = isWindows ? (line.match(/"/g)?.length ?? 0) % 2 === 1 : splitShellWords(line) === undefined
  if (open) return { code: 'process.open-quote', what: 'has a quote that does not end', breaks: ['botocore', 'js-sdk'] }
  if (isWindows && line.includes("'")) {
    const what = 'has single quotes, which Windows takes for ordinary characters'
    return { code: 'process.single-quotes', what, breaks: ['botocore', 'js-sdk'] }
  }
  if (!isWindows && /^\w+=/.test(line)) {
    return {
      code: 'process.shell-syntax',
      what: 'starts with a variable, which only a shell sets',
      breaks: ['botocore'],
    }
  }
  const special = isWindows ? windowsSyntax(line) : posixSyntax(line)
  if (special === undefined) return undefined
  const what = `has ${special}, which a shell acts on and boto3 and the AWS CLI pass on as it is`
  return { code: 'process.shell-syntax', what, breaks: ['botocore'] }
}

/** The first character that /bin/sh would act on, seen with its quoting. */
function posixSyntax(line: string): string | undefined {
  let quote = ''
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index)
    if (quote === "'") {
      if (character === "'") quote = ''
    } else if (character === '\\') index++
    else if (character === '$' || character === '`') return character
    else if (quote === '"') {
      if (character === '"') quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (/[|;&<>()*?[\n]/.test(character)) return character === '\n' ? 'a line break' : character
    else if (character === '~' && /^$|\s/.test(line.charAt(index - 1))) return character
  }
  return undefined
}

function windowsSyntax(line: string): string | undefined {
  let isQuoted = false
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted
    else if (character === '%' || (!isQuoted && /[|&<>^]/.test(character))) return character
  }
  return undefined
}
