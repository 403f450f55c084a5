/** `hallpass import aws-vault`. */
import type { Handler } from '../descriptor.ts'
import { importFrom } from './import-from.ts'

export const importAwsVault: Handler = (context, invocation) =>
  importFrom(
    context,
    invocation,
    { kind: 'aws-vault', withProgram: invocation.flag('withProgram') === true },
    { place: 'aws-vault', column: 'Profile', nothing: 'There are no profiles of aws-vault.' },
  )
