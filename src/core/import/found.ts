/**
 * What another tool's own files hold, in one form for every tool. Secrets are in here, in memory: it never leaves core.
 */
import type { CenterRole } from './identity-centers.ts'

/** An access key. */
export interface FoundKey {
  readonly kind: 'key'
  /** What the person knows it by, unique among all that was found. */
  readonly label: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string | undefined
  readonly mfaSerial: string | undefined
}

/** Settings as they stand there: what AWS or Hallpass would not take is left out, with a note. */
export interface FoundSettings {
  readonly profile?: string | undefined
  readonly region?: string | undefined
  readonly durationSeconds?: number | undefined
  readonly sessionName?: string | undefined
  readonly externalId?: string | undefined
  readonly color?: string | undefined
}

/** A role that is assumed. */
export interface FoundRole {
  readonly kind: 'role'
  readonly label: string
  readonly arn: string
  /** What it starts from: something that was found, by its label, or an identity or role of Hallpass's, by its name. */
  readonly from: { readonly label: string } | { readonly name: string }
  readonly settings: FoundSettings
  /** Whole sentences. */
  readonly notes: readonly string[]
}

/** A role that comes with Identity Center. */
export interface FoundPermissionSet extends CenterRole {
  readonly kind: 'permission-set'
  readonly label: string
  readonly settings: FoundSettings
}

/** What can't be taken in, with why. */
export interface FoundOther {
  readonly kind: 'other'
  readonly label: string
  /** A whole sentence that starts with `It`. */
  readonly why: string
  /** What roles that start from it say: `, which …`, without the full stop. */
  readonly which: string
}

export type FoundItem = FoundKey | FoundRole | FoundPermissionSet | FoundOther

export interface Found {
  /** Files that were read, absolute. */
  readonly files: readonly string[]
  readonly items: readonly FoundItem[]
}

/** Makes each label one that comes once, whatever its case. */
export class LabelSpace {
  readonly #taken = new Set<string>()

  take(wanted: string): string {
    const plain = wanted.trim() === '' ? 'unnamed' : wanted.trim()
    let label = plain
    for (let count = 2; this.#taken.has(label.toLowerCase()); count++) label = `${plain} ${count}`
    this.#taken.add(label.toLowerCase())
    return label
  }
}
