/** Reads a catalogue, JSON or YAML. It comes from others: what it is not sure of it refuses, saying where. */
import { runInNewContext } from 'node:vm'
import type { z } from 'zod'
import { type Catalogue, catalogueSchema } from '#shared/catalogue.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { refuseSecretLines, refuseSecretValues } from './no-secrets.ts'

/** Bytes. 20,000 roles have about 4 MB. */
export const LARGEST_CATALOGUE = 5 * 1024 * 1024
/** References to an anchor, counted as they are written out: a few lines could become millions. */
const MOST_ALIASES = 100
const DEEPEST = 20
/** Milliseconds for YAML, of which 20,000 roles take a fifth on a busy computer; a text can be made to take hours. */
const LONGEST = 15_000

/** @throws `catalogue.invalid`, `catalogue.secret` */
export async function parseCatalogue(bytes: Uint8Array, longestMs = LONGEST): Promise<Catalogue> {
  if (bytes.byteLength > LARGEST_CATALOGUE) throw tooLarge(bytes.byteLength)
  const text = decode(bytes)
  refuseSecretLines(text)
  const value = /^\s*[{[]/.test(text) ? parseJson(text) : await parseYaml(text, longestMs)
  refuseDepth(value)
  refuseSecretValues(value)
  const parsed = catalogueSchema.safeParse(value)
  if (!parsed.success) throw invalid(issueWords(parsed.error))
  refuseTwins(parsed.data)
  return parsed.data
}

/** @param bytes how many there are, as far as that is known */
export function tooLarge(bytes: number | null): HallpassError {
  const size = bytes === null ? 'more' : `${(bytes / 1024 / 1024).toFixed(1)} MB`
  return new HallpassError('file.too-large', `A catalogue has at most 5 MB, and this one has ${size}.`, {
    hint: 'Check that it is the right file. Nothing was taken in.',
  })
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw invalid('It is not text.')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const line = /line (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    throw invalid(line === undefined ? 'It begins like JSON, and is none.' : `It is no JSON from line ${line} on.`)
  }
}

async function parseYaml(text: string, longestMs: number): Promise<unknown> {
  const { parseDocument } = await import('yaml')
  const read = (): unknown => {
    const document = parseDocument(text, { schema: 'core', merge: false, prettyErrors: true, logLevel: 'silent' })
    // A warning is a tag nobody knows.
    const problem = document.errors[0] ?? document.warnings[0]
    if (problem) {
      const line = problem.linePos?.[0].line
      throw invalid(line === undefined ? 'It is no YAML.' : `It is no YAML in line ${line}.`)
    }
    return document.toJS({ maxAliasCount: MOST_ALIASES })
  }
  try {
    // Node ends no other code of its own thread after a time.
    return runInNewContext('read()', { read }, { timeout: longestMs }) as unknown
  } catch (error) {
    if (isHallpassError(error)) throw error
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw invalid('It takes too long to read.')
    // Too many aliases, or nested deeper than the stack.
    throw invalid('It refers to itself too often, or is nested too deep.')
  }
}

function refuseDepth(value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > DEEPEST) throw invalid('It is nested too deep.')
  for (const each of Object.values(value)) refuseDepth(each, depth + 1)
}

function refuseTwins({ roles }: Catalogue): void {
  const names = new Set<string>()
  for (const { name } of roles) {
    if (names.has(name.toLowerCase())) throw invalid(`Two of its roles are called ${name}.`)
    names.add(name.toLowerCase())
  }
}

/** The first rule that failed, and where; never a value. */
function issueWords(error: z.ZodError): string {
  const [issue] = error.issues
  const place = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part + 1 : String(part))).join(', ')
  if (issue?.code === 'unrecognized_keys') {
    return `${place || 'It'} has a member that no catalogue has: ${issue.keys.map((key) => key.slice(0, 60)).join(', ')}.`
  }
  if (issue?.code === 'invalid_value' && place === 'hallpassCatalogue') {
    return 'It does not begin with hallpassCatalogue: 1, as every catalogue of this version does.'
  }
  return place === '' ? 'It is no catalogue.' : `${place}: ${issue?.message ?? 'not as it should be'}`
}

export function invalid(what: string): HallpassError {
  return new HallpassError('catalogue.invalid', `The catalogue can’t be read. ${what}`, {
    hint: 'Nothing was taken in. hallpass catalogue export shows what one looks like.',
  })
}
