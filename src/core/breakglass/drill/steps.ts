/**
 * What a drill consists of. Each step does what is done in an emergency, through the same doors, and looks whether it
 * came to what it should. What is shown stays in here: a note never holds a secret.
 */
import type { ActivityKind } from '#shared/activity.ts'
import type { DrillStepId } from '#shared/breakglass-drill.ts'
import { HallpassError } from '#shared/errors.ts'
import type { DrillWorld } from './world.ts'

/** What steps hand on to those after them. */
export interface DrillState extends Pick<DrillWorld, 'hallpass' | 'from'> {
  /** The open seal. */
  opening?: string
}

export interface DrillStep {
  readonly id: DrillStepId
  /** Without these it makes no sense. */
  readonly needs: readonly DrillStepId[]
  /** @returns what came of it @throws what went wrong */
  run(state: DrillState): Promise<string>
}

const NAME = 'EmergencyAccess'
const ROLE = 'SupportUserRole'
const REASON = 'A drill, no emergency'

const setUp: DrillStep = {
  id: 'set-up',
  needs: [],
  async run({ hallpass, from }) {
    const input = { from, name: NAME, role: ROLE, environment: 'prod', withMfa: true, withAccessKey: true } as const
    const { made, checks } = await hallpass.breakglass.setup.apply(input)
    const failed = checks.find(({ ok }) => !ok)
    must(failed === undefined, `The check of ${failed?.what} failed: ${failed?.note ?? 'no reason was given'}`)
    return `${made.length} things made, ${checks.length} checks passed.`
  },
}

const open: DrillStep = {
  id: 'open',
  needs: ['set-up'],
  async run(state) {
    const { breakglass } = state.hallpass
    state.opening = (await breakglass.open(NAME, { reason: REASON, confirm: NAME })).id
    expectRecord(state, 'breakglass.opened')
    return 'The reason was recorded first.'
  },
}

const showPassword: DrillStep = {
  id: 'show-password',
  needs: ['open'],
  async run(state) {
    const { value } = await state.hallpass.breakglass.reveal(openingOf(state), 'password', 'shown')
    must(value !== '', 'There was no password inside.')
    expectRecord(state, 'breakglass.revealed', 'password')
    return 'It was recorded first; a drill does not print it.'
  },
}

const showCode: DrillStep = {
  id: 'show-code',
  needs: ['open'],
  async run(state) {
    const { value } = await state.hallpass.breakglass.reveal(openingOf(state), 'code', 'shown')
    must(/^\d{6}$/.test(value), 'What was shown is no code.')
    expectRecord(state, 'breakglass.revealed', 'code')
    return 'It was recorded first; a drill does not print it.'
  },
}

const assumeRole: DrillStep = {
  id: 'assume-role',
  needs: ['open'],
  async run(state) {
    const { credentials, reasonAs } = await state.hallpass.breakglass.assume(openingOf(state), ROLE)
    must(credentials.sessionToken !== '', 'The session came without a token.')
    expectRecord(state, 'breakglass.assumed')
    return reasonAs === null ? `${ROLE}, without the reason.` : `${ROLE}, with the reason for CloudTrail.`
  },
}

const close: DrillStep = {
  id: 'close',
  needs: ['open'],
  async run(state) {
    const { breakglass } = state.hallpass
    await breakglass.close(openingOf(state))
    must(breakglass.openings().length === 0, 'Something is still open.')
    must(breakglass.show(NAME).openUntil === null, 'It is still marked as open.')
    expectRecord(state, 'breakglass.closed')
    return 'Sealed again.'
  },
}

const rotate: DrillStep = {
  id: 'rotate',
  needs: ['set-up'],
  async run({ hallpass: { breakglass, rotation } }) {
    const before = breakglass.show(NAME)
    await breakglass.passwords.rotate(NAME)
    await rotation.rotate('sealed', NAME)
    const { accessKeyId, tasks } = breakglass.show(NAME)
    must(accessKeyId !== null && accessKeyId !== before.accessKeyId, 'The access key is the one before.')
    must(!tasks.includes('rotate-password') && !tasks.includes('rotate-key'), 'It is still on the list of what to do.')
    return 'The password and the key are new; the old key is turned off.'
  },
}

const writeNote: DrillStep = {
  id: 'write-note',
  needs: ['open'],
  async run(state) {
    const { tasks } = await state.hallpass.breakglass.done(NAME, 'note', 'Rehearsed on the practice account')
    must(!tasks.includes('note'), 'The note is still on the list of what to do.')
    expectRecord(state, 'breakglass.done')
    return tasks.length === 0 ? 'Nothing is left to do.' : `Left to do: ${tasks.join(', ')}.`
  },
}

export const verifyLog: DrillStep = {
  id: 'verify-log',
  needs: [],
  async run({ hallpass }) {
    const { intact, entries, problem } = await hallpass.activity.verify()
    must(intact, problem?.message ?? 'The activity log is not intact.')
    return `${entries} entries, all as they were written.`
  },
}

export const takeBack: DrillStep = {
  id: 'take-back',
  needs: ['set-up'],
  async run({ hallpass: { breakglass }, from }) {
    for (const { name } of breakglass.list()) await breakglass.setup.undo(name)
    must(breakglass.list().length === 0, 'The sealed credential is still there.')
    // Looked at in the account: a set-up would have to make all of it again.
    const { steps } = await breakglass.setup.plan({ from, name: NAME, role: ROLE, withMfa: true, withAccessKey: true })
    const left = steps.filter(({ state }) => state !== 'to-do').map(({ subject }) => subject)
    must(left.length === 0, `Still there: ${left.join(', ')}.`)
    return 'The account is as it was.'
  },
}

/** In the order of `DRILL_STEPS`. */
export const STEPS: readonly DrillStep[] = [
  setUp,
  open,
  showPassword,
  showCode,
  assumeRole,
  close,
  rotate,
  writeNote,
  verifyLog,
  takeBack,
]

function openingOf({ opening }: DrillState): string {
  if (opening !== undefined) return opening
  throw new HallpassError('breakglass.sealed', 'Nothing is open.', { hint: 'Open it first, with a reason.' })
}

function expectRecord({ hallpass }: DrillState, kind: ActivityKind, part?: string): void {
  const [newest] = hallpass.activity.list({ kind, name: NAME, limit: 1 })
  must(
    newest !== undefined && (part === undefined || newest.detail.part === part),
    'The activity log has no word of it.',
  )
}

/** What is seen in a drill is what would be seen in an emergency: it counts as a failure, not as a fault of the drill. */
function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new HallpassError('internal', otherwise)
}
