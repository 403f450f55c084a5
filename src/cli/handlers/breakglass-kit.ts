/** `hallpass breakglass kit export | import`. */

import type { KitKey, KitLock, KitRequest } from '#core/breakglass/kit/kit.ts'
import { writeKitFile } from '#core/breakglass/kit/kit-file.ts'
import { sheetOf } from '#core/breakglass/kit/sheet.ts'
import { takeIn } from '#core/breakglass/kit/take-in.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { readReason } from '../input/reason.ts'
import { readSecretLines } from '../input/secret-input.ts'
import { openTerminal } from '../input/terminal.ts'
import type { Invocation } from '../invocation.ts'
import { insideText } from '../output/describe-sealed.ts'

export const breakglassKit: Handler = async (context, invocation) =>
  invocation.argument('what') === 'export' ? exportKit(context, invocation) : importKit(context, invocation)

const exportKit: Handler = async (context, invocation) => {
  const { breakglass } = await context.hallpass()
  const file = invocation.argument('file')
  const words = invocation.words('names')
  const names = words.length > 0 ? words : breakglass.list().map(({ name }) => name)
  const request = await askRequest(context, invocation, names)
  const recipients = invocation.list('recipient')
  const lock: KitLock =
    recipients.length > 0 ? { recipients } : { passphrase: await askPassphrase(context, { isNew: true }) }
  await context.progress.during('Writing the kit', breakglass.kits.export(names, file, lock, request))
  const sheet = invocation.text('sheet')
  if (sheet !== undefined) {
    const text = sheetOf(names.map(breakglass.show), file, new Date().toISOString())
    await writeKitFile(sheet, Buffer.from(text))
  }
  if (context.json) context.jsonData({ file, names, sheet: sheet ?? null })
  context.note(
    `${file} holds ${names.join(', ')}. Whoever can open it has them: the reason is in the activity log for each.`,
  )
  return 0
}

const importKit: Handler = async (context, invocation) => {
  const { breakglass } = await context.hallpass()
  const keyFile = invocation.flag('identity') === true
  const key: KitKey = keyFile
    ? { identity: await readIdentity(context) }
    : { passphrase: await askPassphrase(context, { isNew: false }) }
  const kit = await context.progress.during('Opening the kit', breakglass.kits.open(invocation.argument('file'), key))
  const words = invocation.words('names')
  const chosen = words.length > 0 ? words : kit.entries.map(({ name }) => name)
  const isDryRun = invocation.flag('dryRun') === true
  const added = isDryRun ? [] : await takeIn(breakglass, kit, chosen)
  if (context.json) context.jsonData({ madeAt: kit.madeAt, entries: kit.entries, added })
  else {
    context.table(
      [{ title: 'name' }, { title: 'account' }, { title: 'user' }, { title: 'inside' }, { title: '' }],
      kit.entries.map((entry) => [
        { text: entry.name, format: 'bold' },
        entry.accountId ?? '–',
        entry.userName,
        insideText({ holds: [...entry.holds] }),
        entry.isKnown ? 'here already' : '',
      ]),
    )
  }
  context.note(isDryRun ? 'Nothing was taken in.' : `Sealed: ${added.join(', ')}.`)
  return 0
}

/** The reason, and of each that is of production its name once more. */
async function askRequest(context: CliContext, invocation: Invocation, names: readonly string[]): Promise<KitRequest> {
  const { host } = context
  const { breakglass } = await context.hallpass()
  const terminal = host.stdin.isTTY ? openTerminal(host) : undefined
  try {
    const reason = await readReason(invocation, terminal, {
      question: 'Why is the kit made? This is recorded: ',
      message: 'A kit is made with a reason only.',
    })
    const confirmed = [...invocation.list('confirm')]
    const production = names.map(breakglass.show).filter(({ environment }) => environment === 'prod')
    for (const { name } of production.filter((sealed) => !confirmed.includes(sealed.name))) {
      const typed = await terminal?.ask(`This is production. Type ${name} to put it into the kit: `)
      if (typed !== undefined) confirmed.push(typed)
    }
    return { reason, confirmed }
  } finally {
    terminal?.close()
  }
}

async function readIdentity({ host }: CliContext): Promise<string> {
  const lines = await readSecretLines(host, { what: 'the age secret key', count: 20 })
  const identity = lines.find((line) => line.startsWith('AGE-SECRET-KEY-'))
  if (identity !== undefined) return identity
  throw new HallpassError('input.required', 'Standard input has no age secret key.', {
    hint: 'Pipe the file that age-keygen wrote to this command.',
  })
}

async function askPassphrase({ host }: CliContext, { isNew }: { isNew: boolean }): Promise<string> {
  if (!host.stdin.isTTY) return (await readSecretLines(host, { what: 'the passphrase of the kit', count: 1 }))[0] ?? ''
  const terminal = openTerminal(host)
  if (!terminal)
    throw new HallpassError('input.required', 'There is no terminal to ask for the passphrase on.', {
      hint: 'Pipe the passphrase to this command.',
    })
  try {
    const typed = await terminal.ask('Passphrase of the kit (not shown): ', { hidden: true })
    if (isNew && (await terminal.ask('The same again: ', { hidden: true })) !== typed)
      throw new HallpassError('input.invalid', 'These two are not the same.', { hint: 'Try again.' })
    return typed
  } finally {
    terminal.close()
  }
}
