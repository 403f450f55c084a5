/**
 * Does one step of a set-up. It is noted before AWS is asked, and where nobody knows what became of it, it is looked for
 * and taken over, in the same run and in any later one.
 */
import type { SealedRecord } from '#shared/breakglass.ts'
import type { SetupChoices, SetupRecord, SetupStepId } from '#shared/breakglass-setup.ts'
import { type ErrorCode, isHallpassError } from '#shared/errors.ts'
import { patiently, type Wait } from '../../aws/patience.ts'
import type { Clock } from '../../capabilities.ts'
import { formatTotpSeed, parseTotpSeed } from '../../mfa/totp-seed.ts'
import type { Store } from '../../store/types.ts'
import type { Vault } from '../../vault/types.ts'
import { sealedEntry } from '../records.ts'
import type { Account } from './account.ts'
import { isRefusal } from './refusal.ts'
import type { SealedSecrets, SetupStep, StepContext } from './step.ts'

export interface DoingParts {
  readonly store: Store
  readonly vault: Vault
  readonly clock: Clock
  /** AWS's clock, for codes. */
  readonly awsClock: Clock
  readonly wait: Wait
}

/** Before each try but the first, in milliseconds. */
const RETRIES_MS = [1000, 2000, 4000, 8000, 16_000]
/** What going on later may well get past. */
const FOR_NOW: readonly ErrorCode[] = ['iam.conflict', 'iam.throttled']
/** Here AWS may have done it all the same. */
const UNANSWERED: readonly ErrorCode[] = ['aws.unavailable', 'network.timeout', 'network.unreachable']
/** What AWS made so much before or after a try was begun is not of that try: it gives whole seconds, and its clock is known to about one. */
const TRY_MS = { before: 5000, after: 300_000 }

export function createDoing({ store, vault, clock, awsClock, wait }: DoingParts) {
  function contextOf(
    account: Account,
    choices: SetupChoices,
    sealedId: string | undefined,
    step: SetupStep,
  ): StepContext {
    const record = sealedId === undefined ? undefined : store.setups.get(sealedId)?.steps[step.id]
    return {
      account,
      choices,
      awsClock,
      secrets: secretsOf(sealedId),
      noted: record?.detail ?? null,
      isOfThisTry(createdAt) {
        if (record?.begunAt === undefined || createdAt === undefined) return true
        const late = createdAt.getTime() - Date.parse(record.begunAt)
        return -TRY_MS.before <= late && late <= TRY_MS.after
      },
      note(detail) {
        const begunAt = new Date(awsClock()).toISOString()
        noteStep(sealedId ?? '', step.id, { state: 'making', detail, begunAt })
      },
    }
  }

  function secretsOf(sealedId: string | undefined): SealedSecrets {
    const id = sealedId ?? ''
    const record = () => store.sealed.byId(id)
    const change = (facts: (current: SealedRecord) => Partial<SealedRecord>) =>
      store.transaction(() => {
        const current = record()
        if (current) store.sealed.update({ ...current, ...facts(current) })
      })
    const put = async (part: 'password' | 'totp-seed' | 'secret-access-key', secret: string, facts: object = {}) => {
      await vault.put(sealedEntry(id, part), secret)
      change(({ holds }) => ({ ...facts, holds: [...new Set([...holds, part])] }))
    }
    const iso = () => new Date(clock()).toISOString()
    return {
      has: (part) => record()?.holds.includes(part) ?? false,
      keyIds() {
        const { oldKeyId, newKeyId } = store.rotations.get(`sealed:${id}`) ?? {}
        return [record()?.accessKeyId, oldKeyId, newKeyId].flatMap((each) => each ?? [])
      },
      get: (part) => vault.get(sealedEntry(id, part)),
      put: (part, secret) => put(part, secret, part === 'password' ? { passwordRotatedAt: iso() } : {}),
      putKey: (accessKeyId, secret) => put('secret-access-key', secret, { accessKeyId, keyRotatedAt: iso() }),
      putDevice: (mfaSerial, seed) => put('totp-seed', formatTotpSeed(parseTotpSeed(seed)), { mfaSerial }),
      async dropPassword() {
        change(({ holds }) => ({ passwordRotatedAt: null, holds: holds.filter((part) => part !== 'password') }))
        await vault.remove(sealedEntry(id, 'password'))
      },
    }
  }

  /** @param record undefined: as if it had never been begun */
  function noteStep(sealedId: string, id: SetupStepId, record: SetupRecord['steps'][SetupStepId]): void {
    const journal = store.setups.get(sealedId)
    if (!journal) return
    const { [id]: _, ...others } = journal.steps
    store.setups.put({ ...journal, steps: record ? { ...others, [id]: record } : others })
  }

  const patient = <T>(work: () => Promise<T>): Promise<T> => patiently(work, FOR_NOW, { wait, waits: RETRIES_MS })

  /** @returns whether it changed something */
  async function doStep(
    step: SetupStep,
    account: Account,
    { sealedId, choices }: Pick<SetupRecord, 'sealedId' | 'choices'>,
    onStep: (state: 'begun' | 'done') => void,
  ): Promise<boolean> {
    const context = () => contextOf(account, choices, sealedId, step)
    const before = store.setups.get(sealedId)?.steps[step.id]
    const isBegun = before?.state === 'making'
    const there = await patient(() => whatIsThere(step, context(), isBegun))
    if (there === 'others' || (there === 'same' && !isBegun)) {
      if (isBegun) await step.abandon?.(context())
      if (before === undefined || there === 'others') noteStep(sealedId, step.id, { state: 'found', detail: null })
      return false
    }
    onStep('begun')
    if (!isBegun) context().note(null)
    const first = async () => {
      try {
        return { outcome: await attempt(step, context(), there, isBegun) }
      } catch (error) {
        if ([...FOR_NOW, ...UNANSWERED].some((code) => isHallpassError(error, code))) return undefined
        // Nothing was made; of a device, which takes two calls, there is half once its seed is known.
        const isHalf = step.id === 'mfa-device' && context().secrets.has('totp-seed')
        if (!isBegun && !isHalf && isRefusal(error)) noteStep(sealedId, step.id, before)
        throw error
      }
    }
    const { outcome } = (await first()) ?? { outcome: await takeUp(step, context) }
    if (outcome === 'others') await step.abandon?.(context())
    noteStep(
      sealedId,
      step.id,
      outcome === 'others' ? { state: 'found', detail: null } : { state: 'made', detail: outcome.detail },
    )
    onStep('done')
    return outcome !== 'others'
  }

  /** Once more, after a try of which nobody knows what became. AWS may say that it is there before it shows it. */
  async function takeUp(step: SetupStep, context: () => StepContext): Promise<Outcome> {
    const [soon = 0, ...waits] = RETRIES_MS
    await wait(soon)
    const again = async () => attempt(step, context(), await whatIsThere(step, context(), true), true)
    return patiently(again, [...FOR_NOW, 'iam.name-taken'], { wait, waits })
  }

  /** Takes back what a step made, or may have made: nothing of anybody else. */
  async function undoStep(step: SetupStep, account: Account, { sealedId, choices, steps }: SetupRecord): Promise<void> {
    const context = contextOf(account, choices, sealedId, step)
    const isKnown = steps[step.id]?.state === 'made' || step.createdAt === undefined
    if (isKnown || context.isOfThisTry(await step.createdAt?.(context))) await step.unmake(context)
  }

  return { contextOf, doStep, undoStep, patient }
}

/** `same`: as it would have been made, or half of it, by us or before; `others`: by somebody else. */
type There = 'absent' | 'same' | 'others'
/** What making it came to: what taking it back needs, or that somebody else made one of that name meanwhile. */
type Outcome = { readonly detail: string | null } | 'others'

/** What is not as it would have been made, or at another time, Hallpass has not made, though it may have been about to. */
async function whatIsThere(step: SetupStep, context: StepContext, isBegun: boolean): Promise<There> {
  const found = await step.look(context)
  if (found === 'absent') return 'absent'
  if (typeof found === 'object' && !(found.half && isBegun)) return 'others'
  if (!isBegun || !step.createdAt) return 'same'
  return context.isOfThisTry(await step.createdAt(context)) ? 'same' : 'others'
}

/** @param isBegun it was asked for before: then what is there, and the same, is ours */
async function attempt(step: SetupStep, context: StepContext, there: There, isBegun: boolean): Promise<Outcome> {
  if (there === 'others') return 'others'
  const isThere = there === 'same'
  if (isThere && isBegun && !step.mend) return { detail: null }
  if (isBegun && step.mend && (isThere || step.id === 'access-key')) return { detail: await step.mend(context) }
  if (isBegun) context.note(context.noted)
  return { detail: await step.make(context) }
}
