/** `hallpass import switch-roles`: the configuration of a browser extension, from a file or standard input. */
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { readSmallFile } from '#core/small-file.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { importFrom } from './import-from.ts'

const LARGEST = 1024 * 1024

export const importSwitchRoles: Handler = async (context, invocation) => {
  const file = invocation.argument('file')
  const config =
    file === '' || file === '-'
      ? await fromInput(context)
      : (await readSmallFile(resolve(file), LARGEST)).toString('utf8')
  const from = invocation.text('from')
  const code = await importFrom(
    context,
    invocation,
    { kind: 'switch-roles', text: config, ...(from === undefined ? {} : { from }) },
    { place: 'the configuration', column: 'Role', nothing: 'There are no roles in it.' },
  )
  if (from === undefined) context.note('Roles that do not say what they start from come in with: --from IDENTITY')
  return code
}

async function fromInput({ host }: CliContext): Promise<string> {
  if (host.stdin.isTTY) {
    throw new HallpassError('input.required', 'The configuration of the extension is needed.', {
      hint: 'Name the file you have saved it in, or pipe it to this command.',
    })
  }
  const config = await text(host.stdin)
  if (config.length <= LARGEST) return config
  throw new HallpassError('input.invalid', 'Standard input holds far more than a configuration.')
}
