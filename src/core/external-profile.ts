/**
 * Credentials of a profile in the AWS files that Hallpass did not write, whatever kind it is: a process, a web identity,
 * `aws login`, a Roles Anywhere helper, the environment. The AWS SDK's own providers resolve it, anew each time.
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { ProfileIdentity } from '#shared/models.ts'
import { areCredentialTexts, type SigningCredentials } from './aws/client-settings.ts'
import { resolveProfileChain } from './awsfiles/chain/resolve.ts'
import { realFileSystem } from './awsfiles/file-system.ts'
import { readMergedProfiles } from './awsfiles/merged-profiles.ts'
import type { MfaPrompt } from './capabilities.ts'
import { redact } from './redact.ts'
import type { Store } from './store/types.ts'

export interface ProfileCredentials extends SigningCredentials {
  /** Null when it does not say: a long-term key, or a session of which nobody knows the end. */
  readonly expiration: Date | null
}

export interface ExternalProfilesParts {
  readonly store: Store
  /** The AWS files in force; absolute. */
  readonly files: { readonly config: string; readonly credentials: string }
  readonly mfaPrompt: MfaPrompt
}

export interface ExternalProfiles {
  /**
   * @param target name of what is being started, for a question about an MFA code
   * @throws `chain.*`, `profile.not-found`, `file.*` for a profile that can't give any; `profile.no-credentials` when it
   *   gives none now; what the prompt throws
   */
  credentials(identity: ProfileIdentity, target: string): Promise<ProfileCredentials>
}

export function createExternalProfiles({ store, files, mfaPrompt }: ExternalProfilesParts): ExternalProfiles {
  /** Its process would ask Hallpass for what it is just asked for. @throws as `credentials` */
  async function refuseOwn({ name, profile }: ProfileIdentity): Promise<void> {
    const { sourceProfile, roles } = resolveProfileChain(
      await readMergedProfiles(realFileSystem, files, 'aws'),
      profile,
    )
    const all = [profile, sourceProfile, ...roles.map((role) => role.profile)]
    const own = all.find((each) => store.profiles.get(each, files.config) !== undefined)
    if (own === undefined) return
    throw new HallpassError(
      'chain.cycle',
      `${name} starts from the profile ${own}, which Hallpass itself has written.`,
      {
        hint: `Use the role or identity behind ${own} instead.`,
      },
    )
  }

  return {
    async credentials(identity, target) {
      await refuseOwn(identity)
      const { profile, name, region } = identity
      const { fromIni } = await import('@aws-sdk/credential-providers')
      const provider = fromIni({
        profile,
        configFilepath: files.config,
        filepath: files.credentials,
        // A process that stays would never see what is written later (facts A.1).
        ignoreCache: true,
        mfaCodeProvider: (serial) => mfaPrompt({ serial, identity: name, target }),
        ...(region === null ? {} : { clientConfig: { region } }),
      })
      try {
        const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provider()
        const token = sessionToken ? { sessionToken } : {}
        if (!areCredentialTexts(accessKeyId, secretAccessKey, ...Object.values(token)))
          throw new HallpassError('profile.no-credentials', `What the profile ${profile} gives is no AWS credential.`)
        return { accessKeyId, secretAccessKey, ...token, expiration: expiration ?? null }
      } catch (error) {
        throw isHallpassError(error) ? error : refused(profile, error)
      }
    },
  }
}

/** What the SDK says may have a whole command line in it (facts B.2), and the process's own words. */
function refused(profile: string, error: unknown): HallpassError {
  const said = error instanceof Error ? error.message : String(error)
  const isLogin = /aws login|sign-?in|login session/i.test(said)
  const isSso = /aws sso login|SSO session/i.test(said)
  return new HallpassError('profile.no-credentials', `The profile ${profile} gives no credentials now.`, {
    hint: isSso
      ? `Sign in with: aws sso login --profile ${profile}`
      : isLogin
        ? `Sign in with: aws login --profile ${profile}`
        : `See what AWS’s own command says: aws sts get-caller-identity --profile ${profile}`,
    details: redact(said).slice(0, 1000),
  })
}
