/**
 * Gives a call to AWS the MFA code it needs: from the stored seed, from the person's command, or from the person.
 *
 * - A code is used once: where the present one is used, here or in another process, the next one is waited for.
 * - A computed code that AWS refuses is tried once more in the next window. Then the person is asked, and told why.
 */
import { setTimeout as pauseFor } from 'node:timers/promises'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { mfaCodeField } from '#shared/fields.ts'
import type { Identity } from '#shared/identities.ts'
import type { Clock, MfaPrompt, OnMfaWait } from '../capabilities.ts'
import { parseInput } from '../input.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { runMfaCommand } from './mfa-command.ts'
import { mfaCommandOf, mfaSourceOf, totpSeedEntry } from './mfa-source.ts'
import { commandRefused, explainRefusedCode, seedRefused } from './refusals.ts'
import { type CodeWindow, codeWindow, totpCode } from './totp-code.ts'
import { parseTotpSeed, type TotpSeed } from './totp-seed.ts'
import { UsedWindows } from './used-windows.ts'

export interface MfaCodesParts {
  readonly store: Pick<Store, 'setting' | 'setSetting' | 'transaction' | 'vaultIndex'>
  readonly vault: Vault
  readonly mfaPrompt: MfaPrompt
  /** AWS's clock, as far as it is known: codes are computed for its time. */
  readonly clock: Clock
  readonly onMfaWait?: OnMfaWait | undefined
  /** Waits so many milliseconds of that clock. */
  readonly pause?: ((milliseconds: number) => Promise<unknown>) | undefined
  /** Runs the command of an identity. @returns six digits */
  readonly runCommand?: ((command: string) => Promise<string>) | undefined
}

export interface CodeRequest {
  readonly identity: Identity
  /** Of its device. */
  readonly serial: string
  /** Name of what is being started. */
  readonly target: string
  /** A code the person gave up front: nothing else is tried. */
  readonly given?: string | undefined
}

/** The call that takes a code; AWS refusing it shows as `sts.mfa-invalid`. */
type Call<T> = (code: string) => Promise<T>

export interface MfaCodes {
  /**
   * Calls with a code, with others while AWS refuses them.
   * @throws what the call throws; `cancelled`, `mfa.required`, `mfa.*`
   */
  withCode<T>(request: CodeRequest, call: Call<T>): Promise<T>
  /** The same with this seed alone, stored or not. @throws `sts.mfa-invalid` after two refusals, `mfa.busy` */
  withSeed<T>(seed: TotpSeed, request: CodeRequest, call: Call<T>): Promise<T>
}

/** How often a person may try a code before the refusal stands. */
const PROMPT_ATTEMPTS = 3
/** How often a computed code is tried: now, and in the next window. */
const AUTOMATIC_ATTEMPTS = 2
/** So many windows at most are left to others that want codes of the same device. */
const MOST_WAITS = 4
/** The period of a device whose seed is not known: that of AWS's virtual ones. Seconds. */
const USUAL_PERIOD = 30
/** Past the end of a window, so that a timer which is early does not find it again. Milliseconds. */
const MARGIN = 20

export function createMfaCodes(parts: MfaCodesParts): MfaCodes {
  const { store, vault, mfaPrompt, clock, onMfaWait, pause = pauseFor, runCommand = runMfaCommand } = parts
  const used = new UsedWindows(store)
  const accepted = new Map<string, string>()

  async function attempt<T>({ serial }: CodeRequest, code: string, call: Call<T>): Promise<T> {
    const result = await call(code)
    accepted.set(serial, code)
    return result
  }

  /** A code of a window that nobody has used, and that nobody else will. */
  async function claim(request: CodeRequest, period: number, compute: () => Promise<string>): Promise<string> {
    for (let waits = 0; waits <= MOST_WAITS; waits++) {
      const window = codeWindow(period, clock())
      if (!used.isUsed(request.serial, window)) {
        const code = await compute()
        // A command may have taken its time: what it printed is of the window that is now.
        if (used.claim(request.serial, codeWindow(period, clock()))) return code
      }
      await waitFor(request, window)
    }
    throw new HallpassError('mfa.busy', `Too many others use MFA codes of ${request.identity.name} at this moment.`, {
      hint: 'Try again in a minute.',
    })
  }

  async function waitFor({ identity, serial, target }: CodeRequest, { end }: CodeWindow): Promise<void> {
    const milliseconds = Math.max(0, end - clock()) + MARGIN
    onMfaWait?.({ identity: identity.name, serial, target, seconds: Math.ceil(milliseconds / 1000) })
    await pause(milliseconds)
  }

  async function automatic<T>(
    request: CodeRequest,
    nextCode: () => Promise<string>,
    refused: (error: HallpassError, identity: string) => HallpassError,
    call: Call<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      const code = await nextCode()
      try {
        return await attempt(request, code, call)
      } catch (error) {
        if (!isHallpassError(error, 'sts.mfa-invalid')) throw error
        if (tries === AUTOMATIC_ATTEMPTS) throw refused(error, request.identity.name)
      }
    }
  }

  function withSeed<T>(seed: TotpSeed, request: CodeRequest, call: Call<T>): Promise<T> {
    const next = () => claim(request, seed.period, async () => totpCode(seed, clock()))
    return automatic(request, next, seedRefused, call)
  }

  async function withoutPerson<T>(request: CodeRequest, call: Call<T>): Promise<T> {
    const command = mfaCommandOf(store, request.identity.id)
    if (mfaSourceOf(store, request.identity.id) === 'seed' || command === null) {
      return withSeed(await storedSeed(request.identity), request, call)
    }
    const next = () => claim(request, USUAL_PERIOD, () => runCommand(command))
    return automatic(request, next, commandRefused, call)
  }

  async function storedSeed({ id }: Identity): Promise<TotpSeed> {
    return parseTotpSeed(await vault.get(totpSeedEntry(id)))
  }

  async function byPerson<T>(request: CodeRequest, code: string, call: Call<T>): Promise<T> {
    const isAutomatic = mfaSourceOf(store, request.identity.id) !== 'prompt'
    try {
      const result = await attempt(request, code, call)
      // Most likely the code that would be computed next.
      if (isAutomatic) used.claim(request.serial, codeWindow(USUAL_PERIOD, clock()))
      return result
    } catch (error) {
      if (!isHallpassError(error, 'sts.mfa-invalid')) throw error
      const seed = mfaSourceOf(store, request.identity.id) === 'seed' ? await storedSeed(request.identity) : undefined
      throw explainRefusedCode(error, { code, lastAccepted: accepted.get(request.serial), seed, now: clock() })
    }
  }

  async function askPerson<T>(request: CodeRequest, why: HallpassError | undefined, call: Call<T>): Promise<T> {
    let problem = why
    for (let tries = 1; ; tries++) {
      const asked = { serial: request.serial, identity: request.identity.name, target: request.target }
      const answer = await mfaPrompt(problem ? { ...asked, problem } : asked)
      try {
        return await byPerson(request, parseInput(mfaCodeField, answer), call)
      } catch (error) {
        const again = isHallpassError(error, 'sts.mfa-invalid') || isHallpassError(error, 'input.invalid')
        if (!again || tries >= PROMPT_ATTEMPTS) throw error
        problem = error
      }
    }
  }

  return {
    withSeed,
    async withCode(request, call) {
      if (request.given !== undefined) return byPerson(request, request.given, call)
      if (mfaSourceOf(store, request.identity.id) === 'prompt') return askPerson(request, undefined, call)
      try {
        return await withoutPerson(request, call)
      } catch (error) {
        if (!isAboutCodes(error)) throw error
        return askPerson(request, error, call)
      }
    },
  }
}

const NO_CODE: readonly string[] = ['sts.mfa-invalid', 'vault.entry-lost', 'vault.elsewhere']

/** A failure to get a code that AWS takes; a person with the device may do better. */
function isAboutCodes(error: unknown): error is HallpassError {
  return isHallpassError(error) && (NO_CODE.includes(error.code) || error.code.startsWith('mfa.'))
}
