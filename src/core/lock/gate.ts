/**
 * What locking holds back in core, at the few places everything passes: calls to STS and IAM, long-term secrets of the vault,
 * questions to the person. So no session is started or renewed, whoever asks, and no way around has to be known.
 *
 * What is under way when the gate closes gets no answer either.
 */
import { HallpassError } from '#shared/errors.ts'
import type { IamCalls } from '../aws/iam.ts'
import type { FederationCalls, StsCalls } from '../aws/index.ts'
import type { MfaPrompt } from '../capabilities.ts'
import type { Vault } from '../vault/types.ts'

export interface Gate {
  readonly isClosed: boolean
}

/** Entries without which a session that is kept could be handed to nobody: its sealing key, and those of the log. */
const SERVING_ENTRIES = /^(session-key|activity-key|activity-mark)\//

export function lockedError(): HallpassError {
  return new HallpassError('app.locked', 'Hallpass is locked.', { hint: 'Unlock it in its window, then try again.' })
}

/** Runs `work` only while the gate is open, and tells how it went only if it still is. @throws `app.locked` */
export async function passing<T>(gate: Gate, work: () => T | Promise<T>): Promise<T> {
  if (gate.isClosed) throw lockedError()
  try {
    return await work()
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: neither a result nor a failure, which may name things, gets out
    if (gate.isClosed) throw lockedError()
  }
}

export function gateSts<Calls extends StsCalls & FederationCalls>(sts: Calls, gate: Gate): StsCalls & FederationCalls {
  return {
    getCallerIdentity: (...given) => passing(gate, () => sts.getCallerIdentity(...given)),
    assumeRole: (...given) => passing(gate, () => sts.assumeRole(...given)),
    getSessionToken: (...given) => passing(gate, () => sts.getSessionToken(...given)),
    getFederationToken: (...given) => passing(gate, () => sts.getFederationToken(...given)),
  }
}

export function gateIam(iam: IamCalls, gate: Gate): IamCalls {
  return { send: (...given) => passing(gate, () => iam.send(...given)) }
}

export function gateVault(vault: Vault, gate: Gate): Vault {
  const guarded = <T>(entry: string, work: () => Promise<T>): Promise<T> =>
    SERVING_ENTRIES.test(entry) ? work() : passing(gate, work)
  return {
    kind: vault.kind,
    status: () => vault.status(),
    get: (entry) => guarded(entry, () => vault.get(entry)),
    put: (entry, secret) => guarded(entry, () => vault.put(entry, secret)),
    remove: (entry) => guarded(entry, () => vault.remove(entry)),
  }
}

/** Nobody is asked for a code in a window that shows nothing. */
export function gatePrompt(prompt: MfaPrompt, gate: Gate): MfaPrompt {
  return (request) => passing(gate, () => prompt(request))
}
