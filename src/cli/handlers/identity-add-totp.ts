/** `hallpass identity add-totp`: the seed comes through a pipe, a hidden prompt or an image, never as an argument. */
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { readSecretLines } from '../input/secret-input.ts'
import { openTerminal } from '../input/terminal.ts'
import { vaultName } from '../output/vault-name.ts'

const tradeOff = (vault: string) =>
  `Stored beside the access key, the seed is no second factor any more: whoever can use your unlocked ${vault} has both.`

export const identityAddTotp: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const identity = hallpass.identities.show(invocation.argument('name'))
  const file = invocation.text('qr')
  if (context.host.stderr.isTTY) context.note(tradeOff(vaultName(hallpass)))
  const seed = file === undefined ? await readSeed(context) : await readImage(file)
  const { name } = identity
  const verify = invocation.flag('verify') ?? false
  const shown = await context.progress.during(
    verify ? 'Checking a code with AWS' : 'Storing the seed',
    hallpass.mfa.addSeed(name, seed, { verify }),
  )
  if (context.json) {
    context.jsonData(hallpass.identities.show(name))
    return 0
  }
  context.note(`Stored the TOTP seed of ${name} in the ${vaultName(hallpass)}. MFA codes are computed from now on.`)
  // On a terminal only: a log that catches standard error has no use for a code.
  if (context.host.stderr.isTTY && !verify) {
    context.note(`The device should show ${shown.code} now, for ${shown.secondsLeft} more seconds.`)
  }
  if (file !== undefined) context.note(`Delete ${file} now: it still shows the seed.`)
  return 0
}

async function readImage(file: string): Promise<string> {
  const { readQrFile } = await import('#core/mfa/qr-file.ts')
  return readQrFile(file)
}

async function readSeed({ host }: CliContext): Promise<string> {
  if (!host.stdin.isTTY) {
    const [seed = ''] = await readSecretLines(host, { count: 1, what: 'the TOTP seed' })
    return seed
  }
  const terminal = openTerminal(host)
  try {
    const seed = await terminal?.ask('TOTP seed or otpauth:// address (not shown): ', { hidden: true })
    if (seed) return seed
  } finally {
    terminal?.close()
  }
  throw new HallpassError('input.required', 'No TOTP seed was given.', {
    hint: 'Pipe the seed to this command, or give an image of the QR code with --qr.',
  })
}
