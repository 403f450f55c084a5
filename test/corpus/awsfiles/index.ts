/** The whole hand-written corpus. */
import { GRAMMAR } from './grammar.ts'
import { HEADERS } from './headers.ts'
import { LINES } from './lines.ts'
import type { CorpusCase } from './types.ts'
import { VALUES } from './values.ts'

export const CORPUS: readonly CorpusCase[] = [...GRAMMAR, ...HEADERS, ...VALUES, ...LINES]
