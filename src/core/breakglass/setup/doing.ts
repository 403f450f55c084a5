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
import type { Found, SealedSecrets, SetupStep, StepContext } from './step.ts'

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

export function createDoing({ store, vault, clock, awsClock, wait }: DoingParts) {
  function contextOf(
    account: Account,
    choices: SetupChoices,
    sealedId: string | undefined,
    step: SetupStep,
  ): StepContext {
    return {
      account,
      choices,
      awsClock,
      secrets: secretsOf(sealedId),
      noted: (sealedId === undefined ? undefined : store.setups.get(sealedId)?.steps[step.id]?.detail) ?? null,
      note: (detail) => noteStep(sealedId ?? '', step.id, { state: 'making', detail }),
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
    const found: Found = await patient(() => step.look(context()))
    const isBegun = before?.state === 'making'
    // What is not as it would have been made, Hallpass has not made, though it may have been about to.
    const isOthers = typeof found === 'object' && step.mend === undefined
    if (found !== 'absent' && (!isBegun || isOthers)) {
      if (before === undefined || isOthers) noteStep(sealedId, step.id, { state: 'found', detail: null })
      return false
    }
    onStep('begun')
    if (!isBegun) noteStep(sealedId, step.id, { state: 'making', detail: null })
    const first = async () => {
      try {
        return { detail: await attempt(step, context(), found, isBegun) }
      } catch (error) {
        if ([...FOR_NOW, ...UNANSWERED].some((code) => isHallpassError(error, code))) return undefined
        // Nothing was made; of a device, which takes two calls, there may be half.
        if (!isBegun && step.id !== 'mfa-device' && isRefusal(error)) noteStep(sealedId, step.id, before)
        throw error
      }
    }
    const { detail } = (await first()) ?? { detail: await takeUp(step, context) }
    noteStep(sealedId, step.id, { state: 'made', detail })
    onStep('done')
    return true
  }

  /** Once more, after a try of which nobody knows what became. AWS may say that it is there before it shows it. */
  async function takeUp(step: SetupStep, context: () => StepContext): Promise<string | null> {
    const [soon = 0, ...waits] = RETRIES_MS
    await wait(soon)
    const again = async () => attempt(step, context(), await step.look(context()), true)
    return patiently(again, [...FOR_NOW, 'iam.name-taken'], { wait, waits })
  }

  return { contextOf, doStep, patient }
}

/** @param isBegun it was asked for before: then what is there is ours */
async function attempt(step: SetupStep, context: StepContext, found: Found, isBegun: boolean): Promise<string | null> {
  const isThere = found !== 'absent'
  if (isThere && isBegun && !step.mend) return null
  return isBegun && step.mend && (isThere || step.id === 'access-key') ? step.mend(context) : step.make(context)
}
