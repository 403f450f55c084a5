/** What Hallpass keeps: the store and its copy, the activity log, the folder, and memory that stays out of core dumps. */
import type { ActivityVerdict } from '#shared/activity.ts'
import type { DoctorCheck } from '#shared/doctor.ts'
import type { ErrorReport } from '#shared/errors.ts'
import { count, fail, ok, warn } from '../check.ts'

export function checkStore({
  isWhole,
  damage,
}: {
  readonly isWhole: boolean
  readonly damage: ErrorReport | null
}): DoctorCheck {
  const id = 'store.sound'
  if (!isWhole) {
    return fail(id, 'The store of identities and roles is damaged.', {
      why: 'It can still be opened, but not all of it can be read.',
      next: { text: 'Close Hallpass and open it again: it puts the last good copy in its place.' },
    })
  }
  if (damage)
    return warn(id, damage.message, { next: { text: damage.hint ?? 'Look through your roles.', place: 'roles' } })
  return ok(id, 'The store of identities and roles is whole.')
}

const DAY_MS = 86_400_000
/** The copy follows changes, and is made at closing: one this old means that closing has not worked for long. */
const OLD_DAYS = 14

/**
 * @param facts.copiedAt milliseconds since the epoch, as `madeAt`; null without a copy
 * @param facts.records how many there are
 * @param facts.madeAt when the store itself was made
 */
export function checkBackup({
  copiedAt,
  madeAt,
  records,
  now,
}: {
  readonly copiedAt: number | null
  readonly madeAt: number
  readonly records: number
  readonly now: number
}): DoctorCheck {
  const id = 'store.copy'
  if (copiedAt === null) {
    if (records === 0) return ok(id, 'There is nothing to keep a copy of yet.')
    if (now - madeAt < DAY_MS) return ok(id, 'The store’s first copy is made when Hallpass is closed.')
    return warn(id, 'There is no copy of the store.', {
      why: 'Should the store be damaged, identities and roles would have to be added again.',
      next: { text: 'Close Hallpass once: a copy is made then.' },
    })
  }
  const days = Math.floor((now - copiedAt) / DAY_MS)
  if (days < OLD_DAYS)
    return ok(id, days < 1 ? 'The store has a copy of today.' : `The store’s copy is ${count(days, 'day')} old.`)
  return warn(id, `The store’s copy is ${count(days, 'day')} old.`, {
    why: 'It is made when Hallpass is closed.',
    next: { text: 'Close Hallpass once, and check that the disk is not full.' },
  })
}

/** @param outcome the verdict, or why there is none */
export function checkActivity(outcome: ActivityVerdict | ErrorReport): DoctorCheck {
  const id = 'activity'
  if ('code' in outcome) {
    const next = { text: outcome.hint ?? 'Check again once the vault is open.', command: 'hallpass activity verify' }
    return outcome.code === 'activity.broken' || outcome.code === 'vault.entry-lost'
      ? fail(id, outcome.message, { next })
      : warn(id, 'The activity log could not be proven.', { why: outcome.message, next })
  }
  if (outcome.intact)
    return ok(id, `${count(outcome.entries, 'entry').replace(/entrys$/, 'entries')} in the activity log, all proven.`)
  return fail(id, outcome.problem?.message ?? 'The activity log is not what was recorded.', {
    why: `Entries up to ${outcome.trimmed + outcome.entries} still verify. The file was changed outside Hallpass.`,
    next: { text: 'Look at who has access to this computer.', command: 'hallpass activity verify', place: 'activity' },
  })
}

/** @param facts.mode permission bits of the state folder; null on Windows @param facts.open files in it that others can read */
export function checkFolder({
  path,
  mode,
  open,
}: {
  readonly path: string
  readonly mode: number | null
  readonly open: readonly string[]
}): DoctorCheck {
  const id = 'state.folder'
  const octal = mode === null ? '' : mode.toString(8).padStart(4, '0')
  const next = {
    text: 'Take those rights away.',
    command: `chmod -R go-rwx '${path.replaceAll("'", `'\\''`)}'`,
    repair: 'tighten-folder' as const,
  }
  const why = 'Secrets in it are sealed, names and the activity log are not.'
  if (mode !== null && (mode & 0o077) !== 0) {
    return fail(id, `Others can look into the state folder (mode ${octal}).`, { why, next })
  }
  if (open.length > 0)
    return warn(id, `Others may read ${count(open.length, 'file')} of the state folder.`, { why, next })
  return ok(id, 'Only you can look into the state folder.')
}

/** @param filter what the kernel puts into a core dump of this process; null where it does not say */
export function checkCoreDumps(filter: string | null, platform: NodeJS.Platform): DoctorCheck {
  const id = 'state.core-dumps'
  if (platform !== 'linux') {
    return ok(id, 'What a crash leaves behind is the system’s decision here.', {
      why: platform === 'darwin' ? 'On macOS nothing, unless somebody turned core dumps on.' : null,
    })
  }
  if (filter !== null && /^0*$/.test(filter)) return ok(id, 'A crash leaves none of Hallpass’s memory behind.')
  return warn(id, 'A crash could leave Hallpass’s memory in a core dump.', {
    why:
      filter === null
        ? 'The system does not let Hallpass see or set that.'
        : 'The system did not let Hallpass set that.',
    next: { text: 'Turn core dumps off for your user.', command: 'ulimit -c 0' },
  })
}
