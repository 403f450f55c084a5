/**
 * AWS files written by hand, as bytes spelled with escapes so that nothing on the way to a checkout changes them.
 * Every SDK reader of Hallpass is held to the real SDK on each of them; where the AWS facts say what an SDK sees,
 * the case says it too.
 */

export type SeenProfiles = Readonly<Record<string, Readonly<Record<string, string | Readonly<Record<string, string>>>>>>

export interface CorpusCase {
  /** Starts with the row of the AWS facts it is about, such as `A.2/17`, where there is one. */
  readonly name: string
  readonly config?: string | Uint8Array
  readonly credentials?: string | Uint8Array
  /** The merged profiles, or `rejected` when botocore refuses a file. */
  readonly botocore?: SeenProfiles | 'rejected'
  /** The merged profiles. */
  readonly jsSdk?: SeenProfiles
}

/** Text of one byte per character, for bytes that are not UTF-8. */
export const latin1 = (text: string) => Buffer.from(text, 'latin1')

/** A case on which both SDKs agree. */
export function agreed(
  name: string,
  profiles: SeenProfiles,
  files: Pick<CorpusCase, 'config' | 'credentials'>,
): CorpusCase {
  return { name, ...files, botocore: profiles, jsSdk: profiles }
}
