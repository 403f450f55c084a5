/**
 * Sets emergency access up: reads the account, says what it would do, does it step by step, and can take it back.
 *
 * Every step is noted in the store before AWS is asked for it, and looked for before it is made. So a try that was
 * interrupted at whatever point is taken up by doing the same again, and taking it back removes what it made and nothing
 * else.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { SealedRecord } from '#shared/breakglass.ts'
import {
  type SetupCheck,
  type SetupChoices,
  type SetupInput,
  type SetupPlan,
  type SetupRecord,
  type SetupResult,
  type SetupStepId,
  setupChoicesSchema,
} from '#shared/breakglass-setup.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Clock } from '../../capabilities.ts'
import { parseInput } from '../../input.ts'
import { findSealed, removeSealed } from '../records.ts'
import { type Account, type AccountParts, openAccount } from './account.ts'
import { checkSetup } from './checks.ts'
import { roleArnOf, signInUrl, userArnOf } from './documents.ts'
import { createDoing } from './doing.ts'
import { expectPolicies } from './policies.ts'
import { STEPS } from './steps/index.ts'

export interface SetupService {
  /** Reads the account and says what would be done. @throws `input.invalid`, `identity.not-found`, `iam.*`, `sts.*`, `network.*`, `vault.*` */
  plan(input: SetupInput): Promise<SetupPlan>
  /**
   * Does what is left to do, and checks all of it. Called again after whatever interrupted it, it goes on.
   * @param onStep told before and after each step that changes something
   * @throws as `plan`, and `name.taken` when another sealed credential has that name
   */
  apply(input: SetupInput, onStep?: (step: SetupStepId, state: 'begun' | 'done') => void): Promise<SetupResult>
  /** Takes back what the set-up of that sealed credential made, and removes that. @throws as `plan`, `breakglass.not-found`, `rotation.nothing` when Hallpass did not set it up */
  undo(name: string, onStep?: (step: SetupStepId, state: 'begun' | 'done') => void): Promise<void>
  /** Set-ups that were interrupted: names of their sealed credentials. */
  interrupted(): { readonly name: string; readonly choices: SetupChoices; readonly undoing: boolean }[]
}

export interface SetupParts extends AccountParts {
  readonly clock: Clock
  readonly awsClock: Clock
  readonly record: (what: 'set-up' | 'undone', sealed: SealedRecord, steps: readonly string[]) => Promise<void>
}

/** Choices that can't change once their step was begun. */
const FIXED = [
  ['group', 'group', 'group'],
  ['groupPolicy', 'group-policy', 'group’s policy'],
  ['role', 'role', 'role'],
  ['rolePolicy', 'role-policy', 'role’s policy'],
  ['policy', 'policy', 'policy'],
] as const satisfies readonly (readonly [keyof SetupChoices, SetupStepId, string])[]

export function createSetup(parts: SetupParts): Omit<SetupService, 'interrupted'> {
  const { store, clock, awsClock } = parts
  const wait = parts.wait ?? pause
  const { contextOf, doStep, undoStep, patient } = createDoing({ ...parts, wait })
  const iso = () => new Date(clock()).toISOString()

  function readChoices(input: SetupInput): SetupChoices {
    const choices = parseInput(setupChoicesSchema, input)
    if (choices.roleNeedsMfa && !choices.withMfa)
      throw new HallpassError('input.invalid', 'A role that wants MFA is of no use to a user without an MFA device.', {
        hint: 'Have the device made too, or let the role go without.',
      })
    return choices
  }

  const nameOf = ({ name, user }: SetupChoices) => name ?? user
  const wantedSteps = (choices: SetupChoices) => STEPS.filter((step) => step.isWanted(choices))

  /** The journal of the sealed credential of that name, in that account. @throws `name.taken` */
  function journalOf(choices: SetupChoices, accountId: string): SetupRecord | undefined {
    const sealed = store.sealed.byName(nameOf(choices))
    if (!sealed) return undefined
    const journal = store.setups.get(sealed.id)
    if (journal && journal.accountId === accountId && journal.choices.user === choices.user) return journal
    throw new HallpassError(
      'name.taken',
      `A sealed credential is called ${sealed.name} already, and is of something else.`,
      {
        hint: 'Give the new one another name.',
      },
    )
  }

  /** What was begun under one name can't go on under another: taking it back would miss one of them. @throws `input.invalid` */
  function refuseOtherNames(choices: SetupChoices, journal: SetupRecord): void {
    for (const [what, step, words] of FIXED) {
      const begun = journal.choices[what]
      const isBegun = journal.steps[step] !== undefined
      if (!isBegun || choices[what] === null || choices[what] === begun) continue
      throw new HallpassError(
        'input.invalid',
        `${nameOf(choices)} was set up with the ${words} ${begun}, not ${choices[what]}.`,
        { hint: `Give the same name again, or take it back first: hallpass breakglass undo ${nameOf(choices)}` },
      )
    }
  }

  /** The sealed credential and the journal, before anything is made that would have to be kept in them. */
  function begin(choices: SetupChoices, account: Account): SetupRecord {
    const { accountId, partition, alias } = account
    const sealed: SealedRecord = {
      id: randomUUID(),
      name: nameOf(choices),
      accountId,
      accountAlias: alias,
      environment: choices.environment ?? null,
      userName: choices.user,
      userArn: userArnOf(partition, accountId, choices.user),
      signInUrl: signInUrl(partition, alias ?? accountId),
      accessKeyId: null,
      mfaSerial: null,
      holds: [],
      roles: choices.role === null ? [] : [{ name: choices.role, arn: roleArnOf(partition, accountId, choices.role) }],
      createdAt: iso(),
      lastOpenedAt: null,
      passwordRotatedAt: null,
      keyRotatedAt: null,
      lastDrillAt: null,
      tasks: [],
    }
    const journal: SetupRecord = {
      sealedId: sealed.id,
      choices,
      accountId,
      partition,
      userArn: sealed.userArn,
      steps: {},
      startedAt: iso(),
      doneAt: null,
      undoing: false,
    }
    store.transaction(() => {
      store.sealed.insert(sealed)
      store.setups.put(journal)
    })
    return journal
  }

  return {
    async plan(input) {
      const choices = readChoices(input)
      const account = await openAccount(parts, choices)
      await expectPolicies(account, choices)
      const journal = journalOf(choices, account.accountId)
      const steps = []
      for (const step of wantedSteps(choices)) {
        const found = await patient(() => step.look(contextOf(account, choices, journal?.sealedId, step)))
        const isBegun = journal?.steps[step.id]?.state === 'making'
        const differs = typeof found === 'object' && !isBegun ? found.differs : null
        steps.push({
          id: step.id,
          subject: step.subject(choices),
          calls: step.calls(choices, account.accountId, account.partition),
          state:
            differs !== null
              ? ('differs' as const)
              : found === 'exists' && !isBegun
                ? ('exists' as const)
                : ('to-do' as const),
          reason: differs,
        })
      }
      const { accountId, alias: accountAlias, partition } = account
      return { accountId, accountAlias, partition, name: nameOf(choices), choices, steps }
    },

    async apply(input, onStep) {
      const choices = readChoices(input)
      const account = await openAccount(parts, choices)
      await expectPolicies(account, choices)
      const known = journalOf(choices, account.accountId)
      if (known?.undoing)
        throw new HallpassError('name.taken', `${nameOf(choices)} is being taken back.`, {
          hint: `Finish that first: hallpass breakglass undo ${nameOf(choices)}`,
        })
      if (known) refuseOtherNames(choices, known)
      const journal = known ? { ...known, choices } : begin(choices, account)
      store.setups.put(journal)
      const made: SetupStepId[] = []
      for (const step of wantedSteps(choices)) {
        const changed = await doStep(step, account, journal, (state) => onStep?.(step.id, state))
        if (changed) made.push(step.id)
      }
      const finished = store.setups.get(journal.sealedId)
      if (finished) store.setups.put({ ...finished, doneAt: iso() })
      const sealed = store.sealed.byId(journal.sealedId)
      if (!sealed) throw new HallpassError('breakglass.not-found', `${nameOf(choices)} was removed meanwhile.`)
      if (made.length > 0) await parts.record('set-up', sealed, made)
      const checks: SetupCheck[] = await checkSetup({ ...parts, wait, account, choices, sealed, awsClock })
      return { name: sealed.name, made, checks }
    },

    async undo(name, onStep) {
      const sealed = findSealed(store, name)
      const journal = store.setups.get(sealed.id)
      if (!journal)
        throw new HallpassError(
          'rotation.nothing',
          `${name} was not set up by Hallpass, so there is nothing to take back.`,
          {
            hint: 'Delete its user in AWS by hand, then: hallpass breakglass remove',
          },
        )
      const account = await openAccount(parts, journal.choices)
      if (account.accountId !== journal.accountId)
        throw new HallpassError('input.invalid', `${journal.choices.from} is of another account by now.`, {
          hint: 'Use an identity of the account it was set up in.',
        })
      store.setups.put({ ...journal, undoing: true })
      for (const step of STEPS.toReversed()) {
        const record = journal.steps[step.id]
        if (record === undefined || record.state === 'found') continue
        onStep?.(step.id, 'begun')
        await patient(() => undoStep(step, account, journal))
        onStep?.(step.id, 'done')
      }
      const ours = Object.entries(journal.steps).flatMap(([id, step]) => (step?.state === 'found' ? [] : [id]))
      await parts.record('undone', sealed, ours)
      await removeSealed(parts, sealed)
    },
  }
}
