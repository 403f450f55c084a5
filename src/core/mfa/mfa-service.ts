/** Seeds of MFA devices: stored in the vault on request, checked with AWS on request, and shown as codes only. */
import { HallpassError } from '#shared/errors.ts'
import { totpSeedField } from '#shared/fields.ts'
import type { Identity } from '#shared/identities.ts'
import type { StsCalls } from '../aws/index.ts'
import type { Clock, OnMfaWait } from '../capabilities.ts'
import { secretEntry } from '../identities.ts'
import { parseInput } from '../input.ts'
import { expectKey, findIdentity } from '../names.ts'
import { stsRegion, userName } from '../sessions/chain.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { createMfaCodes } from './mfa-codes.ts'
import { runMfaCommand } from './mfa-command.ts'
import { mfaCommandOf, mfaSourceOf, totpSeedEntry } from './mfa-source.ts'
import { codeWindow, totpCode } from './totp-code.ts'
import { formatTotpSeed, parseTotpSeed, type TotpSeed } from './totp-seed.ts'

/** A code as the device shows it. */
export interface ShownCode {
  /** Six digits. */
  readonly code: string
  /** How long it is still shown, by AWS's clock as far as that is known; null when a command printed it. */
  readonly secondsLeft: number | null
}

/** MFA codes without a person. */
export interface MfaService {
  /**
   * Stores the TOTP seed of the identity's MFA device in the vault. With `verify`, AWS is asked first (GetSessionToken,
   * whose session is dropped): a seed it does not accept is not stored.
   * @param seed Base32, or an `otpauth://` URI
   * @returns the code the device should show now
   * @throws `input.invalid` for a malformed seed or an identity without MFA device, `mfa.seed-known`, `vault.*`, and
   *   when verifying `sts.*`, `network.*`
   */
  addSeed(name: string, seed: string, options?: { verify?: boolean }): Promise<ShownCode>
  /** @throws `mfa.seed-not-found`, `vault.*` */
  removeSeed(name: string): Promise<void>
  /** The present code, of the seed or the command, once that is recorded. @throws `mfa.seed-not-found` without either, `mfa.*`, `vault.*` */
  code(name: string): Promise<ShownCode>
}

export interface MfaServiceParts {
  readonly store: Store
  readonly vault: Vault
  readonly sts: StsCalls
  readonly onMfaWait?: OnMfaWait | undefined
  /** AWS's clock, as far as it is known. */
  readonly clock: Clock
  readonly pause?: ((milliseconds: number) => Promise<unknown>) | undefined
}

/** The shortest AWS gives, in seconds: the session is dropped at once. */
const TRIAL_DURATION = 900

export function createMfaService(parts: MfaServiceParts): MfaService {
  const { store, vault, sts, onMfaWait, clock, pause } = parts
  const nobody = async () => {
    throw new HallpassError('mfa.required', 'A seed is checked with its own codes alone.')
  }
  const codes = createMfaCodes({ store, vault, mfaPrompt: nobody, onMfaWait, clock, pause })

  async function verify(identity: Identity, serial: string, seed: TotpSeed): Promise<void> {
    const { accessKeyId } = expectKey(identity)
    const secretAccessKey = await vault.get(secretEntry(identity.id))
    const about = {
      credentials: { accessKeyId, secretAccessKey },
      region: stsRegion({ identity, roles: [] }),
      target: identity.name,
      caller: userName(identity),
    }
    await codes.withSeed(seed, { identity, serial, target: identity.name }, (code) =>
      sts.getSessionToken(about, { durationSeconds: TRIAL_DURATION, mfa: { serial, code } }),
    )
  }

  function show(seed: TotpSeed): ShownCode {
    const now = clock()
    return { code: totpCode(seed, now), secondsLeft: Math.ceil((codeWindow(seed.period, now).end - now) / 1000) }
  }

  return {
    async addSeed(name, text, { verify: asksAws = false } = {}) {
      const seed = parseTotpSeed(parseInput(totpSeedField, text))
      const identity = findIdentity(store, name)
      const serial = checkNewSeed(store, identity)
      if (asksAws) await verify(identity, serial, seed)
      await vault.put(totpSeedEntry(identity.id), formatTotpSeed(seed))
      return show(seed)
    },

    async removeSeed(name) {
      const identity = findIdentity(store, name)
      if (mfaSourceOf(store, identity.id) !== 'seed') throw noSeed(identity)
      await vault.remove(totpSeedEntry(identity.id))
    },

    async code(name) {
      const identity = findIdentity(store, name)
      const command = mfaCommandOf(store, identity.id)
      switch (mfaSourceOf(store, identity.id)) {
        case 'seed':
          return show(parseTotpSeed(await vault.get(totpSeedEntry(identity.id))))
        case 'command':
          return { code: await runMfaCommand(command ?? ''), secondsLeft: null }
        case 'prompt':
          throw noSeed(identity)
      }
    },
  }
}

/** @returns the serial of the device the seed is of */
function checkNewSeed(store: Store, { id, name, mfaSerial }: Identity): string {
  if (mfaSerial === null) {
    throw new HallpassError('input.invalid', `${name} has no MFA device set, so a seed would be of none.`, {
      hint: `Set the MFA serial on ${name} first.`,
    })
  }
  switch (mfaSourceOf(store, id)) {
    case 'seed':
      throw new HallpassError('mfa.seed-known', `A TOTP seed is stored for ${name} already.`, {
        hint: 'Remove it first. It may be the only copy.',
      })
    case 'command':
      throw new HallpassError('input.invalid', `The codes of ${name} come from a command already.`, {
        hint: 'Remove the MFA command first.',
      })
    case 'prompt':
      return mfaSerial
  }
}

function noSeed({ name }: Identity): HallpassError {
  return new HallpassError('mfa.seed-not-found', `No TOTP seed is stored for ${name}.`, {
    hint: `Add one with hallpass identity add-totp ${name}, or read the code from the device.`,
  })
}
