/** `hallpass breakglass open`: breaks a seal for as long as the command runs. */
import { type CredentialFormat, formatCredentials } from '#core/aws/credential-formats.ts'
import type { BreakGlassService } from '#core/breakglass/service.ts'
import { type Opening, type RevealPart, revealPartSchema, type SealedCredential } from '#shared/breakglass.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { readReason } from '../input/reason.ts'
import { openTerminal, type Terminal } from '../input/terminal.ts'
import type { Invocation } from '../invocation.ts'
import { describeSealed, tasksText } from '../output/describe-sealed.ts'

export const breakglassOpen: Handler = async (context, invocation) => {
  const { breakglass } = await context.hallpass()
  const sealed = breakglass.show(invocation.argument('name'))
  const terminal = context.host.stdin.isTTY ? openTerminal(context.host) : undefined
  try {
    const request = await readRequest(invocation, sealed, terminal)
    const opening = await breakglass.open(sealed.name, request)
    try {
      await serve(context, breakglass, opening, invocation, terminal)
    } finally {
      await breakglass.leave(opening.id)
    }
    const { tasks } = breakglass.show(sealed.name)
    context.note(`Sealed again. Left to do: ${tasksText(tasks)}. Then: hallpass breakglass close ${sealed.name}`)
  } finally {
    terminal?.close()
  }
  return 0
}

async function readRequest(invocation: Invocation, sealed: SealedCredential, terminal: Terminal | undefined) {
  const reason = await readReason(invocation, terminal, {
    question: 'Why is it opened? This is recorded: ',
    message: 'A seal is broken with a reason only.',
  })
  const isProduction = sealed.environment === 'prod'
  const confirm =
    invocation.text('confirm') ??
    (isProduction ? await terminal?.ask(`This is production. Type ${sealed.name} to open it: `) : undefined)
  if (isProduction && confirm === undefined)
    throw new HallpassError('breakglass.confirm', `${sealed.name} is of production: its name has to be given again.`, {
      hint: `Add --confirm ${sealed.name}.`,
    })
  return { reason, ...(confirm === undefined ? {} : { confirm }) }
}

async function serve(
  context: CliContext,
  breakglass: BreakGlassService,
  opening: Opening,
  invocation: Invocation,
  terminal: Terminal | undefined,
): Promise<void> {
  const part = revealPartSchema.safeParse(invocation.text('show'))
  if (part.success) return showOne(context, breakglass, opening, part.data)
  const role = invocation.text('assume')
  if (role !== undefined) return printSession(context, breakglass, opening, role, invocation)
  if (context.json) return context.jsonData(opening.credential)
  context.fields(describeSealed(opening.credential))
  if (terminal) await offer(breakglass, opening, terminal)
}

/** The secret alone is data. */
async function showOne(
  context: CliContext,
  breakglass: BreakGlassService,
  { id }: Opening,
  part: RevealPart,
): Promise<void> {
  const { value, secondsLeft } = await breakglass.reveal(id, part, 'shown')
  if (context.json) return context.jsonData({ part, value, secondsLeft })
  context.data(value)
  if (secondsLeft !== null) context.note(`Good for ${secondsLeft} s. AWS takes it once.`)
}

async function printSession(
  context: CliContext,
  breakglass: BreakGlassService,
  { id }: Opening,
  role: string,
  invocation: Invocation,
): Promise<void> {
  const work = breakglass.assume(id, role)
  const { credentials, reasonAs } = await context.progress.during(`Assuming ${role}`, work)
  const format = context.json ? 'json' : ((invocation.text('format') ?? 'env') as CredentialFormat)
  context.host.stdout.write(formatCredentials(credentials, format))
  context.note(
    reasonAs === null
      ? 'The reason is in the activity log alone: the role’s trust policy allows neither source identity nor tags.'
      : 'CloudTrail shows the reason with everything this session does.',
  )
}

const KEYS: Readonly<Record<string, readonly [RevealPart, string]>> = {
  p: ['password', 'p password'],
  t: ['code', 't code'],
  k: ['secret-access-key', 'k secret access key'],
}

/** On the terminal itself, not on standard output: that may be a file. */
async function offer(breakglass: BreakGlassService, { id, credential }: Opening, terminal: Terminal): Promise<void> {
  const inside: readonly string[] = credential.holds.map((part) => (part === 'totp-seed' ? 'code' : part))
  const offered = Object.entries(KEYS).filter(([, [part]]) => inside.includes(part))
  const question = `Show ${offered.map(([, [, label]]) => label).join(', ')}, or q to seal it again: `
  for (;;) {
    const answer = (await terminal.ask(question)).toLowerCase()
    if (answer === 'q' || answer === '') return
    const chosen = offered.find(([key]) => key === answer)
    if (!chosen) continue
    const { value, secondsLeft } = await breakglass.reveal(id, chosen[1][0], 'shown')
    terminal.say(secondsLeft === null ? value : `${value}  (${secondsLeft} s)`)
  }
}
