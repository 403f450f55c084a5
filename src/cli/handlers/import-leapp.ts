/** `hallpass import leapp`. */
import { resolve } from 'node:path'
import type { Handler } from '../descriptor.ts'
import { importFrom } from './import-from.ts'

export const importLeapp: Handler = (context, invocation) => {
  const file = invocation.argument('file')
  return importFrom(
    context,
    invocation,
    { kind: 'leapp', ...(file === '' ? {} : { file: resolve(file) }) },
    { place: 'Leapp', column: 'Session', nothing: 'There are no sessions in Leapp.' },
  )
}
