/** `hallpass breakglass add`: from the console's file, or by hand. */
import type { NewSealed } from '#shared/breakglass.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { readSecretLines } from '../input/secret-input.ts'
import { settleFile } from '../input/settle-file.ts'
import { openTerminal } from '../input/terminal.ts'
import type { Invocation } from '../invocation.ts'
import { describeSealed } from '../output/describe-sealed.ts'
import { vaultName } from '../output/vault-name.ts'

export const breakglassAdd: Handler = async (context, invocation) => {
  const file = invocation.text('file')
  const { breakglass, ...hallpass } = await context.hallpass()
  const draft = file === undefined ? undefined : await breakglass.readFile(file, invocation.text('user'))
  const given = { ...draft?.fields, ...fieldsOf(invocation) }
  const userName = given.userName
  if (userName === undefined)
    throw new HallpassError('input.required', 'It is not said whose credentials these are.', {
      hint: 'Give the IAM user with --user.',
    })
  const secrets = draft ? {} : await readSecrets(context, invocation)
  const sealed = await context.progress.during(
    'Sealing',
    breakglass.add({ ...given, ...secrets, name: invocation.argument('name'), userName }),
  )
  if (context.json) context.jsonData(sealed)
  else context.fields(describeSealed(sealed))
  context.note(`Sealed ${sealed.name}; what is inside is in the ${vaultName(hallpass)}.`)
  if (file !== undefined && draft) await settleFile(context, invocation, file, draft)
  return 0
}

function fieldsOf(invocation: Invocation): Partial<NewSealed> {
  const values = {
    userName: invocation.text('user'),
    signInUrl: invocation.text('url'),
    accountId: invocation.text('account'),
    environment: invocation.text('environment') as NewSealed['environment'],
    mfaSerial: invocation.text('mfaSerial'),
    accessKeyId: invocation.text('accessKeyId'),
    roles: invocation.list('role').length > 0 ? [...invocation.list('role')] : undefined,
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

type Secrets = Pick<NewSealed, 'password' | 'totpSeed' | 'secretAccessKey'>

async function readSecrets(context: CliContext, invocation: Invocation): Promise<Secrets> {
  const wanted: [keyof Secrets, string][] = []
  if (invocation.flag('password') !== false) wanted.push(['password', 'Password'])
  if (invocation.flag('withTotp')) wanted.push(['totpSeed', 'TOTP seed'])
  if (invocation.text('accessKeyId')) wanted.push(['secretAccessKey', 'Secret access key'])
  if (wanted.length === 0) return {}
  const { host } = context
  const typed = host.stdin.isTTY
    ? await ask(context, wanted)
    : await readSecretLines(host, { what: 'the secrets, a line each', count: wanted.length })
  if (typed.length < wanted.length)
    throw new HallpassError('input.required', `Standard input has ${typed.length} of ${wanted.length} secrets.`, {
      hint: `Give a line each: ${wanted.map(([, label]) => label).join(', ')}.`,
    })
  return Object.fromEntries(wanted.map(([key], index) => [key, typed[index] ?? '']))
}

async function ask({ host }: CliContext, wanted: readonly (readonly [string, string])[]): Promise<string[]> {
  const terminal = openTerminal(host)
  if (!terminal)
    throw new HallpassError('input.required', 'There is no terminal to ask for the secrets on.', {
      hint: 'Pipe them to this command, a line each.',
    })
  try {
    const typed: string[] = []
    for (const [, label] of wanted) typed.push(await terminal.ask(`${label} (not shown): `, { hidden: true }))
    return typed
  } finally {
    terminal.close()
  }
}
