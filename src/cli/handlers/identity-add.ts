/** `hallpass identity add`: the secret comes through a pipe or a hidden prompt, never as an argument. */
import { parseInput } from '#core/input.ts'
import { HallpassError } from '#shared/errors.ts'
import { newIdentitySchema } from '#shared/identities.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { readSecretLines } from '../input/secret-input.ts'
import { openTerminal } from '../input/terminal.ts'
import { storeIdentity } from './store-identity.ts'

export const identityAdd: Handler = async (context, invocation) => {
  const fields = {
    name: invocation.argument('name'),
    accessKeyId: invocation.text('accessKeyId'),
    mfaSerial: invocation.text('mfaSerial'),
    region: invocation.text('region'),
  }
  // Before anybody types a secret in vain.
  parseInput(newIdentitySchema.omit({ secretAccessKey: true }).partial({ accessKeyId: true }), fields)
  const key = context.host.stdin.isTTY
    ? await askForKey(context, fields.accessKeyId)
    : await readKey(context, fields.accessKeyId)
  await storeIdentity(context, { ...fields, ...key }, invocation.flag('verify'))
  return 0
}

interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

async function askForKey(context: CliContext, accessKeyId: string | undefined): Promise<Key> {
  const terminal = openTerminal(context.host)
  if (!terminal) throw secretMissing('There is no terminal to ask for the secret access key on.')
  try {
    const id = accessKeyId ?? parseInput(newIdentitySchema.shape.accessKeyId, await terminal.ask('Access key id: '))
    const secretAccessKey = await terminal.ask('Secret access key (not shown): ', { hidden: true })
    if (secretAccessKey === '') throw secretMissing('No secret access key was given.')
    return { accessKeyId: id, secretAccessKey }
  } finally {
    terminal.close()
  }
}

async function readKey({ host }: CliContext, accessKeyId: string | undefined): Promise<Key> {
  const what = 'the secret access key'
  if (accessKeyId === undefined) {
    const [id, secretAccessKey] = await readSecretLines(host, { what, count: 2 })
    if (id === undefined || secretAccessKey === undefined) {
      throw new HallpassError('input.required', 'Standard input has one line; an access key has an id and a secret.', {
        hint: 'Give the id with --access-key-id, or as the first of two lines.',
      })
    }
    return { accessKeyId: id, secretAccessKey }
  }
  const [secretAccessKey = ''] = await readSecretLines(host, { what, count: 1 })
  return { accessKeyId, secretAccessKey }
}

function secretMissing(message: string): HallpassError {
  return new HallpassError('input.required', message, { hint: 'Pipe the secret access key to this command.' })
}
