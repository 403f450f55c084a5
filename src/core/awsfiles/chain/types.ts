/** Where a profile's credentials come from, and the roles assumed with them, one from the other. */

/** Values of `credential_source` that SDKs know; case matters (AWS facts A.5). */
export const CREDENTIAL_SOURCES = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'] as const
export type CredentialSource = (typeof CREDENTIAL_SOURCES)[number]

/** What credentials start from. Never the credentials themselves. */
export type SourceStep =
  | { readonly kind: 'access-key' | 'sso' | 'process' | 'login'; readonly profile: string }
  | { readonly kind: 'credential-source'; readonly source: CredentialSource }
  | {
      readonly kind: 'web-identity'
      readonly roleArn: string
      readonly tokenFile: string
      readonly sessionName?: string
    }

/** An AssumeRole call, signed with what the step before it gave. */
export interface RoleStep {
  readonly kind: 'assume-role'
  readonly profile: string
  readonly roleArn: string
  readonly externalId?: string
  readonly sessionName?: string
  readonly mfaSerial?: string
  /** Seconds; absent when the profile sets none, or something that is not a whole number. */
  readonly durationSeconds?: number
}

export interface CredentialChain {
  /** The profile that holds what `source` describes. */
  readonly sourceProfile: string
  readonly source: SourceStep
  /** In the order in which they are assumed; the last one gives the credentials of the profile that was asked for. */
  readonly roles: readonly RoleStep[]
}
