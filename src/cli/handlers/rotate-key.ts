/** `hallpass identity rotate`. */
import type { Hallpass } from '#core/hallpass.ts'
import type { HolderKind, RotationStep } from '#core/rotation/service.ts'
import { HallpassError } from '#shared/errors.ts'
import type { RotationStatus, UserKey } from '#shared/rotation.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import type { Invocation } from '../invocation.ts'

const STEPS: Readonly<Record<RotationStep, string>> = {
  create: 'Making a new key',
  check: 'Waiting until AWS accepts it everywhere',
  switch: 'Putting it to use',
  'turn-off': 'Turning the old key off',
  delete: 'Deleting the old key',
}

export const identityRotate: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const { name } = hallpass.identities.show(invocation.argument('name'))
  return rotateKey(context, hallpass, 'identity', name, invocation)
}

/** What both commands that rotate a key do. @returns the exit code */
export async function rotateKey(
  context: CliContext,
  { rotation }: Hallpass,
  kind: HolderKind,
  name: string,
  invocation: Invocation,
): Promise<number> {
  const asked = ['finish', 'rollback', 'status'].filter((flag) => invocation.flag(flag) === true)
  if (asked.length > 1)
    throw new HallpassError('usage.invalid', `--${asked.join(' and --')} are not both possible.`, {
      hint: 'Leave one out.',
    })
  const by = invocation.text('with')
  const signed = by === undefined ? {} : { with: by }
  if (asked[0] === 'status')
    return showStatus(context, rotation.status(kind, name), await rotation.keys(kind, name, signed))
  if (asked[0] === 'rollback') {
    await context.progress.during('Going back to the old key', rotation.rollBack(kind, name, signed))
    if (context.json) context.jsonData({ name, rolledBack: true })
    context.note(`${name} uses its old key again; the new one is deleted.`)
    return 0
  }
  if (asked[0] === 'finish') {
    await context.progress.during('Deleting the old key', rotation.finish(kind, name, signed))
    if (context.json) context.jsonData({ name, finished: true })
    context.note(`The old key of ${name} is deleted.`)
    return 0
  }
  const deleteUnused = invocation.text('deleteUnused')
  const status = await context.progress.during(
    `Rotating the key of ${name}`,
    rotation.rotate(kind, name, {
      ...signed,
      ...(deleteUnused === undefined ? {} : { deleteUnused }),
      onStep: (step) => context.progress.detail(STEPS[step]),
    }),
  )
  if (context.json) context.jsonData(status)
  context.note(
    `${name} uses ${status.newKeyId} now. ${status.oldKeyId} is turned off, and deleted after ${status.deleteAfter?.slice(0, 10)}.\n` +
      'Should something still need the old one: the same command with --rollback.',
  )
  return 0
}

function showStatus(context: CliContext, status: RotationStatus | null, keys: readonly UserKey[]): number {
  if (context.json) {
    context.jsonData({ rotation: status, keys })
    return 0
  }
  context.table(
    [{ title: 'access key' }, { title: 'state' }, { title: 'made' }, { title: 'last used' }, { title: '' }],
    keys.map(({ accessKeyId, active, createdAt, lastUsedAt, useKnown, isOurs }) => [
      { text: accessKeyId, format: 'bold' },
      active ? { text: 'active', format: 'green' } : { text: 'off', format: 'yellow' },
      createdAt?.slice(0, 10) ?? '–',
      lastUsedAt?.slice(0, 10) ?? (useKnown ? 'never' : 'not known'),
      isOurs ? 'in the vault' : '',
    ]),
  )
  context.note(
    status === null
      ? 'No rotation is under way.'
      : `A rotation is under way since ${status.startedAt.slice(0, 16)}: ${status.phase}.`,
  )
  return 0
}
