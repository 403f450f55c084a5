/**
 * Credentials of a profile in the AWS files that Hallpass did not write, whatever kind it is: a process, a web identity,
 * `aws login`, a Roles Anywhere helper, the environment. The AWS SDK's own providers resolve it, anew each time.
 *
 * - A process is run here: the SDK's provider knows no time limit.
 * - Identity Center is asked for by itself: below a role, the SDK would look in other files than those in force, and would
 *   take the region of the calls for Identity Center's.
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { ProfileIdentity } from '#shared/identities.ts'
import { areCredentialTexts, type SigningCredentials } from './aws/client-settings.ts'
import { resolveProfileChain } from './awsfiles/chain/resolve.ts'
import { setting } from './awsfiles/chain/settings.ts'
import type { CredentialChain } from './awsfiles/chain/types.ts'
import { realFileSystem } from './awsfiles/file-system.ts'
import { type MergedProfiles, readMergedProfiles } from './awsfiles/merged-profiles.ts'
import type { MfaPrompt } from './capabilities.ts'
import { runCredentialProcess } from './external-process.ts'
import { refuseRunning } from './process-guard.ts'
import { redact } from './redact.ts'
import type { Store } from './store/types.ts'

export interface ProfileCredentials extends SigningCredentials {
  /** Null when it does not say: a long-term key, or a session of which nobody knows the end. */
  readonly expiration: Date | null
}

export interface ExternalProfilesParts {
  readonly store: Pick<Store, 'profiles'>
  /** The AWS files in force; absolute. */
  readonly files: { readonly config: string; readonly credentials: string }
  /** Handed on to a process, without what says who somebody is. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly mfaPrompt: MfaPrompt
  /** Milliseconds for everything but a person's answer; a minute when left out. */
  readonly limitMs?: number
}

export interface ExternalProfiles {
  /**
   * @param target name of what is being started, for a question about an MFA code
   * @throws `chain.*`, `profile.not-found`, `file.*` for a profile that can't give any; `profile.no-credentials` when it
   *   gives none now, or not within a minute; what the prompt throws
   */
  credentials(identity: ProfileIdentity, target: string): Promise<ProfileCredentials>
  /**
   * For a process that is itself the credential_process of a profile.
   * @throws `chain.cycle` when the identity's profile is one whose process waits for this one
   */
  refuseCircle(identity: ProfileIdentity): Promise<void>
}

const LIMIT_MS = 60_000

export function createExternalProfiles(parts: ExternalProfilesParts): ExternalProfiles {
  const { store, files, env, mfaPrompt, limitMs = LIMIT_MS } = parts

  /** Its process would ask Hallpass for what it is just asked for. @throws as `credentials` */
  function refuseOwn({ name, profile }: ProfileIdentity, { sourceProfile, roles }: CredentialChain): void {
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

  /** A process or Identity Center, and the roles on top of it. */
  async function bySteps(
    merged: MergedProfiles,
    { source, sourceProfile, roles }: CredentialChain,
    region: string | null,
    mfaCodeProvider: (serial: string) => Promise<string>,
  ): Promise<ProfileCredentials> {
    let credentials = source.kind === 'sso' ? await fromCenter(files, sourceProfile) : await run(merged, sourceProfile)
    const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers')
    for (const role of roles) {
      const { expiration: _, ...signing } = credentials
      const { roleArn, sessionName, externalId, mfaSerial, durationSeconds } = role
      const at = setting(merged.profiles.get(role.profile), 'region') ?? region ?? undefined
      const provider = fromTemporaryCredentials({
        masterCredentials: signing,
        params: {
          RoleArn: roleArn,
          RoleSessionName: sessionName ?? `hallpass-${Date.now()}`,
          ...(externalId === undefined ? {} : { ExternalId: externalId }),
          ...(mfaSerial === undefined ? {} : { SerialNumber: mfaSerial }),
          ...(durationSeconds === undefined ? {} : { DurationSeconds: durationSeconds }),
        },
        mfaCodeProvider,
        ...(at === undefined ? {} : { clientConfig: { region: at } }),
      })
      const { accessKeyId, secretAccessKey, sessionToken = '', expiration } = await provider()
      credentials = { accessKeyId, secretAccessKey, sessionToken, expiration: expiration ?? null }
    }
    return credentials
  }

  function run(merged: MergedProfiles, profile: string): Promise<ProfileCredentials> {
    const commandLine = setting(merged.profiles.get(profile), 'credential_process') ?? ''
    return runCredentialProcess({ profile, commandLine, env, timeoutMs: limitMs, now: Date.now() })
  }

  const read = async (profile: string) => {
    const merged = await readMergedProfiles(realFileSystem, files, 'aws')
    return { merged, chain: resolveProfileChain(merged, profile) }
  }

  return {
    async refuseCircle({ profile }) {
      const { chain } = await read(profile)
      if (chain.source.kind === 'process') refuseRunning(chain.sourceProfile, env)
    },

    async credentials(identity, target) {
      const { profile, name, region } = identity
      const { merged, chain } = await read(profile)
      refuseOwn(identity, chain)
      const limit = startLimit(profile, limitMs)
      const mfaCodeProvider = (serial: string) => limit.pause(() => mfaPrompt({ serial, identity: name, target }))
      const resolved =
        chain.source.kind === 'process' || chain.source.kind === 'sso'
          ? bySteps(merged, chain, region, mfaCodeProvider)
          : bySdk(files, { profile, region, mfaCodeProvider })
      try {
        return await Promise.race([resolved, limit.over])
      } catch (error) {
        throw isHallpassError(error) ? error : refused(profile, chain, error)
      } finally {
        limit.stop()
        // What comes after the limit is nobody's.
        resolved.catch(() => undefined)
      }
    },
  }
}

interface SdkRequest {
  readonly profile: string
  readonly region: string | null
  readonly mfaCodeProvider: (serial: string) => Promise<string>
}

async function bySdk(files: ExternalProfilesParts['files'], request: SdkRequest): Promise<ProfileCredentials> {
  const { profile, region, mfaCodeProvider } = request
  const { fromIni } = await import('@aws-sdk/credential-providers')
  const provider = fromIni({
    profile,
    configFilepath: files.config,
    filepath: files.credentials,
    // A process that stays would never see what is written later (facts A.1).
    ignoreCache: true,
    mfaCodeProvider,
    ...(region === null ? {} : { clientConfig: { region } }),
  })
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provider()
  const token = sessionToken ? { sessionToken } : {}
  if (!areCredentialTexts(accessKeyId, secretAccessKey, ...Object.values(token)))
    throw new HallpassError('profile.no-credentials', `What the profile ${profile} gives is no AWS credential.`)
  return { accessKeyId, secretAccessKey, ...token, expiration: expiration ?? null }
}

/** The role of Identity Center that a profile names, with the AWS CLI's sign-in. */
async function fromCenter(files: ExternalProfilesParts['files'], profile: string): Promise<ProfileCredentials> {
  const { fromSSO } = await import('@aws-sdk/credential-providers')
  const provider = fromSSO({ profile, configFilepath: files.config, filepath: files.credentials, ignoreCache: true })
  const { accessKeyId, secretAccessKey, sessionToken = '', expiration } = await provider()
  return { accessKeyId, secretAccessKey, sessionToken, expiration: expiration ?? null }
}

/** Rejects after so long; time in which a person is asked does not count. */
function startLimit(profile: string, limitMs: number) {
  const { promise: over, reject } = Promise.withResolvers<never>()
  over.catch(() => undefined)
  const expire = () =>
    reject(
      new HallpassError('profile.no-credentials', `The profile ${profile} gave nothing within ${limitMs / 1000} s.`, {
        hint: `See what AWS’s own command says: aws sts get-caller-identity --profile ${profile}`,
      }),
    )
  // A process is killed at that moment, and says more.
  const later = limitMs + 500
  let timer = setTimeout(expire, later)
  return {
    over,
    stop: () => clearTimeout(timer),
    async pause<T>(work: () => Promise<T>): Promise<T> {
      clearTimeout(timer)
      try {
        return await work()
      } finally {
        timer = setTimeout(expire, later)
      }
    },
  }
}

/** What the SDK says may have a whole command line in it (facts B.2), and the process's own words. */
function refused(profile: string, chain: CredentialChain, error: unknown): HallpassError {
  const said = error instanceof Error ? error.message : String(error)
  return new HallpassError('profile.no-credentials', `The profile ${profile} gives no credentials now.`, {
    hint:
      signInHint(chain, error, said) ??
      `See what AWS’s own command says: aws sts get-caller-identity --profile ${profile}`,
    details: redact(said).slice(0, 1000),
  })
}

/** How to sign in with the AWS CLI, where that is what is missing: AWS's refusal of a role on top is another matter. */
function signInHint({ source, sourceProfile }: CredentialChain, error: unknown, said: string): string | undefined {
  if (!(error instanceof Error) || !/CredentialsProviderError|TokenProviderError/.test(error.name)) return undefined
  if (source.kind === 'sso') return `Sign in with: aws sso login --profile ${sourceProfile}`
  if (source.kind !== 'login') return undefined
  // What the SDK makes of INSUFFICIENT_PERMISSIONS (facts G): signing in again changes nothing.
  return /insufficient permissions/i.test(said)
    ? `AWS has to allow signin:CreateOAuth2Token, as its policy SignInLocalDevelopmentAccess does. Then: aws login --profile ${sourceProfile}`
    : `Sign in with: aws login --profile ${sourceProfile}`
}
