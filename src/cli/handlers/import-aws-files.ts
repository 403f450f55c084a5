/** `hallpass import aws-files`. */
import { resolve } from 'node:path'
import type { Handler } from '../descriptor.ts'
import { importFrom } from './import-from.ts'

export const importAwsFiles: Handler = (context, invocation) => {
  const file = invocation.argument('file')
  return importFrom(
    context,
    invocation,
    { kind: 'aws-files', ...(file === '' ? {} : { file: resolve(file) }) },
    { place: 'the AWS files', column: 'Profile', nothing: 'There are no profiles in the AWS files.' },
  )
}
