/** `hallpass console`: opens the console by the right door, prints the link, or lists the doors. */
import { makeConsoleLink, proposedDoor } from '#core/console-link.ts'
import type { ConsoleDoors, LinkDestination } from '#core/console-service.ts'
import { parseInput } from '#core/input.ts'
import { suggestName } from '#core/names.ts'
import { type ConsoleDoor, consoleDoorField, type DoorOption } from '#shared/console.ts'
import { CONSOLE_SERVICES, searchServices, serviceById } from '#shared/console-services.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { pickRole } from '../input/pick-role.ts'
import type { Invocation } from '../invocation.ts'
import { openInBrowser } from '../open-in-browser.ts'
import { readBrowser } from './browser-options.ts'
import { readCredentialsOptions } from './credentials-options.ts'
import { readDuration } from './duration-option.ts'

const TITLES: Readonly<Record<ConsoleDoor, string>> = {
  'switch-role': 'switch-role link',
  'sign-in': 'sign-in link',
  'identity-center': 'shortcut link of Identity Center',
}

export const openConsole: Handler = async (context, invocation) => {
  const name = invocation.argument('name') || (await pickRole(context))
  const hallpass = await context.hallpass()
  const known = hallpass.console.doors(name)
  if (invocation.flag('doors')) return listDoors(context, known)
  const wanted = readDoor(invocation)
  const prints = invocation.flag('print') ?? false
  const { door, reason } = wanted === undefined ? proposedDoor(known, name) : { door: wanted, reason: undefined }
  if (prints && door === 'sign-in' && wanted === undefined) {
    throw new HallpassError('usage.invalid', `The door for ${name} is the sign-in link, which is a secret.`, {
      hint: 'Leave --print out, or say --via sign-in to print it all the same.',
    })
  }
  if (reason !== undefined && reason.code !== 'signed-in-console') {
    context.note(`Taking the ${TITLES[door]}. ${reason.text}`)
  }
  const where = readDestination(context, invocation)
  const browser = prints ? null : readBrowser(invocation, hallpass.browsers, known)
  // Before there is a link, which somebody would be told of for nothing.
  if (browser !== null) await hallpass.browsers.check(browser)
  const sessionDurationSeconds = readDuration(invocation, 'sessionDuration')
  const link = makeConsoleLink(hallpass.console, name, {
    ...readCredentialsOptions(invocation),
    ...where,
    door,
    ...(sessionDurationSeconds === undefined ? {} : { sessionDurationSeconds }),
    onDurationLeftOut: (why) => context.note(DURATION_LEFT_OUT[why]),
  })
  const { url, isSecret } = await (door === 'sign-in' ? context.progress.during(`Signing in as ${name}`, link) : link)
  if (prints) {
    if (context.json) context.jsonData({ url, via: door })
    else context.data(url)
    return 0
  }
  if (browser === null) await openInBrowser(url, context.host, { isSecret })
  else await hallpass.browsers.open(url, browser, { isSecret })
  if (context.json) context.jsonData({ via: door, opened: true, browser })
  else context.note(`Opened the console for ${name}.`)
  return 0
}

const DURATION_LEFT_OUT = {
  'not-direct':
    'The console session lasts as long as the credentials: AWS takes a duration only for roles assumed directly with an IAM user’s key.',
  refused: 'AWS took no duration for this session, so the console session lasts as long as the credentials.',
} as const

/** Where the link is to lead; a service nobody has heard of may be new, or mistyped. */
export function readDestination(context: CliContext, invocation: Invocation): LinkDestination {
  const [destination, region] = [invocation.text('destination'), invocation.text('region')]
  if (destination !== undefined && /^[a-z][a-z0-9-]*$/.test(destination) && serviceById(destination) === undefined) {
    const ids = CONSOLE_SERVICES.map(({ id }) => id)
    const guess = searchServices(destination)[0]?.id ?? suggestName(destination, ids)
    const asked = guess === undefined ? '' : ` Did you mean ${guess}?`
    context.note(`${destination} is not on the list of services, and is taken as it is.${asked}`)
  }
  return { ...(destination === undefined ? {} : { destination }), ...(region === undefined ? {} : { region }) }
}

function readDoor(invocation: Invocation): ConsoleDoor | undefined {
  const via = invocation.text('via')
  return via === undefined ? undefined : parseInput(consoleDoorField, via)
}

function listDoors(context: CliContext, { doors }: ConsoleDoors): number {
  if (context.json) {
    context.jsonData(doors)
    return 0
  }
  const state = (option: DoorOption, index: number) =>
    option.possible ? (index === 0 ? 'proposed' : 'possible') : 'not possible'
  context.table(
    [{ title: 'Door' }, { title: 'State' }, { title: 'Why' }],
    doors.map((option, index) => [option.door, state(option, index), option.reason.text]),
  )
  return 0
}
