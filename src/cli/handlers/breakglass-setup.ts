/** `hallpass breakglass setup | plan | undo | rotate`. */
import { planAsCloudFormation, planAsCommands } from '#core/breakglass/setup/render.ts'
import type { PlanStep, SetupInput, SetupPlan, SetupResult, SetupStepId } from '#shared/breakglass-setup.ts'
import { HallpassError } from '#shared/errors.ts'
import { environmentField } from '#shared/fields.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { confirm } from '../input/confirm.ts'
import type { Invocation } from '../invocation.ts'
import { rotateKey } from './rotate-key.ts'

const STEPS: Readonly<Record<SetupStepId, string>> = {
  user: 'User',
  group: 'Group',
  'group-policy': 'Its rights',
  membership: 'Membership',
  password: 'Password',
  role: 'Role',
  'role-policy': 'Its rights',
  policy: 'Policy',
  'mfa-device': 'MFA device',
  'access-key': 'Access key',
}

export const breakglassSetup: Handler = async (context, invocation) => {
  const { breakglass } = await context.hallpass()
  const input = readInput(invocation)
  const plan = await context.progress.during('Reading the account', breakglass.setup.plan(input))
  const isDone = plan.steps.every(({ state }) => state !== 'to-do')
  if (!context.json) showPlan(context, plan)
  if (input.withAccessKey && !isDone)
    context.note(
      'AWS advises against long-term keys. Without --with-access-key, people sign in with the password and assume roles.',
    )
  if (!isDone && invocation.flag('yes') !== true) await agree(context, 'Make all that is marked “to do”? Type yes: ')
  const result = await breakglass.setup.apply(input, (step, state) => {
    if (state === 'begun')
      context.progress.detail(`${STEPS[step]}: ${plan.steps.find(({ id }) => id === step)?.subject ?? ''}`)
  })
  if (context.json) context.jsonData(result)
  else showResult(context, result)
  return result.checks.every(({ ok }) => ok) ? 0 : 4
}

export const breakglassPlan: Handler = async (context, invocation) => {
  const { breakglass } = await context.hallpass()
  const plan = await context.progress.during('Reading the account', breakglass.setup.plan(readInput(invocation)))
  const form = invocation.text('as')
  if (form === 'cli') context.data(planAsCommands(plan).trimEnd())
  else if (form === 'cloudformation') context.data(planAsCloudFormation(plan).trimEnd())
  else if (context.json) context.jsonData(plan)
  else showPlan(context, plan)
  return 0
}

export const breakglassUndo: Handler = async (context, invocation) => {
  const { breakglass } = await context.hallpass()
  const { name, userName } = breakglass.show(invocation.argument('name'))
  if (invocation.flag('yes') !== true)
    await agree(context, `This deletes what Hallpass made for ${userName} in AWS, and its secrets. Type yes: `)
  await breakglass.setup.undo(name, (step, state) => {
    if (state === 'begun') context.progress.detail(`Taking back: ${STEPS[step]}`)
  })
  if (context.json) context.jsonData({ undone: name })
  context.note(`${name} is taken back: the account is as it was before.`)
  return 0
}

export const breakglassRotate: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const { name, holds } = hallpass.breakglass.show(invocation.argument('name'))
  const [password, key] = [invocation.flag('password') === true, invocation.flag('key') === true]
  const forKey = ['finish', 'rollback', 'status'].some((flag) => invocation.flag(flag) === true)
  // Neither named: all that is inside.
  const both = !password && !key && !forKey
  if ((password || both) && holds.includes('password')) {
    const work = hallpass.breakglass.passwords.rotate(name, invocation.text('with'))
    const sealed = await context.progress.during('Changing the password', work)
    if (context.json && !(key || both)) context.jsonData(sealed)
    context.note(`The console password of ${name} is changed; the new one is in the vault.`)
  }
  if ((key || both || forKey) && holds.includes('secret-access-key')) {
    return rotateKey(context, hallpass, 'sealed', name, invocation)
  }
  if (key || forKey) throw new HallpassError('breakglass.nothing-inside', `${name} has no access key inside.`)
  if (context.json && both) context.jsonData(hallpass.breakglass.show(name))
  return 0
}

function readInput(invocation: Invocation): SetupInput {
  const environment = environmentField.safeParse(invocation.text('environment'))
  const optional = (name: string, field: keyof SetupInput) => {
    if (invocation.flag(name) === false) return { [field]: null }
    const value = invocation.text(name)
    return value === undefined ? {} : { [field]: value }
  }
  return {
    from: invocation.text('from') ?? '',
    ...optional('name', 'name'),
    ...optional('user', 'user'),
    ...optional('group', 'group'),
    ...optional('groupPolicy', 'groupPolicy'),
    ...optional('role', 'role'),
    ...optional('rolePolicy', 'rolePolicy'),
    ...optional('policy', 'policy'),
    ...(environment.success ? { environment: environment.data } : {}),
    withMfa: invocation.flag('withMfa') === true || invocation.flag('roleNeedsMfa') === true,
    roleNeedsMfa: invocation.flag('roleNeedsMfa') === true,
    withAccessKey: invocation.flag('withAccessKey') === true,
  }
}

function agree(context: CliContext, question: string): Promise<void> {
  return confirm(context, {
    question,
    answer: 'yes',
    message: 'This changes an AWS account, and has to be confirmed.',
    hint: 'Look at it with hallpass breakglass plan, then give --yes.',
  })
}

const STATES: Readonly<Record<PlanStep['state'], { text: string; format: 'yellow' | 'green' | 'dim' }>> = {
  'to-do': { text: 'to do', format: 'yellow' },
  exists: { text: 'there', format: 'green' },
  differs: { text: 'differs, stays', format: 'dim' },
}

function showPlan(context: CliContext, plan: SetupPlan): void {
  context.note(`Account ${plan.accountAlias ?? plan.accountId} (${plan.accountId}), to be sealed as ${plan.name}:`)
  context.table(
    [{ title: 'what' }, { title: 'name', shrinks: true }, { title: 'state' }, { title: 'calls' }],
    plan.steps.map(({ id, subject, state, calls, reason }) => [
      { text: STEPS[id], format: 'bold' },
      subject,
      STATES[state],
      reason ?? (state === 'to-do' ? calls.map(({ operation }) => operation).join(', ') : ''),
    ]),
  )
}

function showResult(context: CliContext, { name, made, checks }: SetupResult): void {
  context.note(
    made.length === 0 ? 'All of it was there already: nothing was changed.' : `Set up, and sealed as ${name}.`,
  )
  context.table(
    [{ title: 'check' }, { title: '' }, { title: 'note', shrinks: true }],
    checks.map(({ what, ok, note }) => [
      { text: what, format: 'bold' },
      ok ? { text: 'ok', format: 'green' } : { text: 'failed', format: 'yellow' },
      note ?? '',
    ]),
  )
  context.note(`Next: hallpass breakglass show ${name}\nTo take it back: hallpass breakglass undo ${name}`)
}
