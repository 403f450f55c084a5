/** Taking back edits of the AWS files, as far as roles, identities and sessions have a say in it. */
import { HallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { AwsFiles, EditRecord, ProfileTarget, SsoSessionChange } from './awsfiles/index.ts'
import { type Target, targetByKey } from './names.ts'
import type { FileEdit, ProfileService, ProfileWriteOptions, UndoPlan } from './profile-service.ts'
import type { OwnedProfileRecord, Store } from './store/types.ts'

export interface ProfileUndoParts {
  readonly store: Store
  readonly files: AwsFiles
  readonly planFor: (target: Target, options: ProfileWriteOptions) => Promise<ProfileTarget>
  readonly credentials: (name: string) => Promise<SessionCredentials>
  /** Has what is shared with the AWS CLI follow sections that came back, or went, with an edit. */
  readonly followSessions: (changes: readonly SsoSessionChange[]) => Promise<void>
}

export interface ProfileUndo extends Pick<ProfileService, 'edits' | 'planUndo' | 'undo' | 'forgetEdit'> {
  /** Takes one edit back, if it has changed anything. Throws what `undo` throws. */
  takeBack(operation: string): Promise<void>
}

export function createProfileUndo(parts: ProfileUndoParts): ProfileUndo {
  const { store, files, planFor, credentials, followSessions } = parts

  /** Without edits that are no use any more: their profile is gone, or the role or identity it was for. */
  const possible = async (): Promise<EditRecord[]> => {
    // Walks back through the records as taking each edit back would leave them.
    const keyOf = (record: Place) =>
      `${'session' in record ? 'sso-session ' : ''}${nameOf(record)}\n${record.configFile}`
    const sections = store.identities.list().flatMap(({ id }) => store.ssoSessions.ofIdentity(id))
    const present = new Set([...store.profiles.list(), ...sections].map(keyOf))
    return (await files.edits()).filter(({ records, sessions }) => {
      const isServed =
        records.every(({ before }) => !before || targetByKey(store, before.target) !== undefined) &&
        sessions.every(({ before, identityId }) => !before || store.identities.byId(identityId) !== undefined)
      const changes = [...records, ...sessions]
      const isThere = changes.length === 0 || changes.some((change) => change.before || present.has(keyOf(change)))
      if (!isServed || !isThere) return false
      for (const record of changes) {
        if (record.before) present.add(keyOf(record))
        else present.delete(keyOf(record))
      }
      return true
    })
  }

  const lastEdit = async (): Promise<EditRecord> => {
    const [edit] = await possible()
    if (edit) return edit
    throw new HallpassError('undo.nothing', 'There is no edit of the AWS files to take back.', {
      hint: 'Hallpass remembers its own last 20 edits, not those of other programs.',
    })
  }

  const readoption = async ({ target: key, profile, mode }: OwnedProfileRecord): Promise<ProfileTarget | undefined> => {
    const target = targetByKey(store, key)
    return target && planFor(target, { profile, mode })
  }

  const planOf = async (edit: EditRecord): Promise<UndoPlan> => {
    const plans: Pick<UndoPlan, 'diff' | 'files'>[] = [await files.planUndo(edit.operation)]
    for (const record of edit.readopts) {
      const target = await readoption(record)
      if (target) plans.push(await files.planAdoption(target))
    }
    const changed = new Set(plans.flatMap((plan) => plan.files))
    return { ...summaryOf(edit), files: [...changed], diff: plans.map(({ diff }) => diff).join('') }
  }

  const carryOut = async (edit: EditRecord): Promise<void> => {
    for (const record of edit.readopts) {
      const target = await readoption(record)
      if (!target) continue
      const session = target.mode === 'static' ? { credentials: await credentials(target.name) } : {}
      await files.adoptProfile({ ...target, ...session }, { recorded: 'none' })
    }
    await files.undo(edit.operation)
    await followSessions(edit.sessions)
  }

  return {
    edits: async () => (await possible()).map(summaryOf),
    planUndo: async () => planOf(await lastEdit()),

    async undo() {
      const edit = await lastEdit()
      const plan = await planOf(edit)
      await carryOut(edit)
      return plan
    },

    async takeBack(operation) {
      const edit = (await files.edits()).find((each) => each.operation === operation)
      if (edit) await carryOut(edit)
    },

    async forgetEdit() {
      const edit = await lastEdit()
      await files.forgetEdit(edit.operation)
      return summaryOf(edit)
    },
  }
}

/** Of a profile, or of an `[sso-session]`. */
type Place = { readonly configFile: string } & ({ readonly profile: string } | { readonly session: string })

function nameOf(place: Place): string {
  return 'session' in place ? place.session : place.profile
}

function summaryOf({ description, at, files, diff }: EditRecord): FileEdit {
  return { description, at, files, diff }
}
