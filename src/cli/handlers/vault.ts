/** `hallpass vault init | change-passphrase | unlock | lock | accept`. */
import { LONGEST_HOLD } from '#core/agent/protocol.ts'
import { checkPassphrase } from '#core/vault/file/file-vault.ts'
import { parseDuration } from '#shared/duration.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { askForPassphrase } from '../input/passphrase-prompt.ts'
import { readSecretLines } from '../input/secret-input.ts'
import { openTerminal } from '../input/terminal.ts'
import { clockText } from '../output/time.ts'

/** Seconds. */
const HOLD = 8 * 3600

export const vaultInit: Handler = async (context, invocation) => {
  const [file, keychain] = [invocation.flag('file') === true, invocation.flag('keychain') === true]
  const replace = invocation.flag('replace') === true
  if (file === keychain || (keychain && replace))
    throw new HallpassError('usage.invalid', 'Which vault is not clear.', {
      hint: 'Give --file or --keychain; --replace goes with --file.',
    })
  const { vault } = await context.hallpass()
  if (keychain) {
    await vault.chooseKeychain()
    if (context.json) context.jsonData({ kind: 'keychain' })
    context.note('The keychain is the vault now.')
    return tellOverruled(context, 'keychain')
  }
  const passphrase = context.host.env.HALLPASS_PASSPHRASE?.trim() || (await newPassphrase(context))
  const { path, made, setAside } = await vault.init(passphrase, { replace })
  if (context.json) context.jsonData({ kind: 'file', path, made, setAside })
  if (setAside !== null) context.note(`The file that was there is kept as ${setAside}.`)
  context.note(
    `The encrypted file ${path} is the vault now.${made ? ' Nobody can open it without the passphrase.' : ''}`,
  )
  return tellOverruled(context, 'file')
}

export const vaultChangePassphrase: Handler = async (context) => {
  const { vault } = await context.hallpass()
  await vault.changePassphrase(() => newPassphrase(context))
  if (context.json) context.jsonData({ changed: true })
  context.note('The passphrase is changed. Copies of the file from before still open with the old one.')
  return 0
}

export const vaultUnlock: Handler = async (context, invocation) => {
  const text = invocation.text('for')
  const seconds = text === undefined ? HOLD : parseDuration(text)
  if (seconds === undefined || seconds > LONGEST_HOLD)
    throw new HallpassError('usage.invalid', `${text} is not a time of at most a week.`, {
      hint: 'Write it as 30m, 8h or a number of seconds.',
    })
  const { vault } = await context.hallpass()
  const until = await context.progress.during('Opening the encrypted file', vault.unlock(seconds))
  if (context.json) context.jsonData({ unlockedUntil: until.toISOString() })
  context.note(`The agent holds the encrypted file open until ${clockText(until, Date.now())}.`)
  return 0
}

export const vaultLock: Handler = async (context) => {
  const { vault } = await context.hallpass()
  const wasOpen = await vault.lock()
  if (context.json) context.jsonData({ locked: true, wasOpen })
  context.note(wasOpen ? 'The encrypted file is locked.' : 'The encrypted file was locked already.')
  return 0
}

export const vaultAccept: Handler = async (context) => {
  const { vault } = await context.hallpass()
  await vault.accept()
  if (context.json) context.jsonData({ accepted: true })
  context.note('The vault file that is there is the newest from now on.')
  return 0
}

/** Typed twice, or a line of standard input. @throws `input.required`, `input.invalid`, `cancelled` */
async function newPassphrase({ host }: CliContext): Promise<string> {
  const passphrase = host.stdin.isTTY
    ? await typed()
    : (await readSecretLines(host, { what: 'the passphrase', count: 1 }))[0]
  checkPassphrase(passphrase ?? '')
  return passphrase ?? ''

  async function typed(): Promise<string> {
    const terminal = openTerminal(host)
    if (!terminal)
      throw new HallpassError('input.required', 'There is no terminal to ask for the passphrase on.', {
        hint: 'Pipe the passphrase to this command.',
      })
    try {
      return await askForPassphrase(terminal, { isNew: true })
    } finally {
      terminal.close()
    }
  }
}

/** The environment counts for more than the choice that was just stored. */
function tellOverruled(context: CliContext, kind: 'keychain' | 'file'): number {
  const { HALLPASS_VAULT: variable = '' } = context.host.env
  if (variable !== '' && variable !== kind) context.note(`But HALLPASS_VAULT is ${variable} here, and counts for more.`)
  return 0
}
