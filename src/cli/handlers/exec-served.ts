/** `hallpass exec --serve`: a command that asks an endpoint of its own for credentials, and gets them renewed. */
import { devNull } from 'node:os'
import { endpointEnvironment } from '#core/aws/credential-formats.ts'
import type { FilesService } from '#core/awsfiles/service.ts'
import { createCredentialsSource, startCredentialsEndpoint } from '#core/credentials-endpoint/index.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { type PromptLabel, sessionMark } from '#core/session-mark.ts'
import type { CredentialsOptions } from '#core/sessions/service.ts'
import { isHallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { CliContext } from '../context.ts'

export interface Served {
  readonly label: PromptLabel
  /** As the first session was asked for. */
  readonly asked: CredentialsOptions
  readonly first: SessionCredentials
}

/** @param run starts the command in that environment and waits for it. @returns its exit code */
export async function runServed(
  context: CliContext,
  hallpass: Hallpass,
  { label, asked, first }: Served,
  run: (env: NodeJS.ProcessEnv) => Promise<number>,
): Promise<number> {
  const { name } = label
  const shadow = await shadowOf(hallpass.files)
  // From here on the terminal is the command's: whoever asks for a code in the background asks nobody.
  context.close({ toReopen: true })
  const { sessions } = await context.hallpass('background')
  const tell = teller(context, name)
  const source = createCredentialsSource({ sessions, name, asked, first, onFailure: tell })
  const endpoint = await startCredentialsEndpoint({ credentials: () => source.credentials(), onFailure: tell })
  try {
    const region = first.region ?? (hasRegion(context.host.env) ? null : (shadow?.region ?? null))
    const env = {
      ...endpointEnvironment(endpoint, region, context.host.env),
      ...sessionMark(label, endpoint.uri, null),
    }
    if (!shadow) return await run(env)
    context.note(
      'hallpass: The command does not see the AWS files: their default profile has credentials of its own, and AWS ' +
        'tools would take those.',
    )
    return await run({ ...env, AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull })
  } finally {
    source.stop()
    await endpoint.close()
  }
}

/** Each of these makes a profile a source of credentials, for one SDK or another. */
const SOURCE_KEYS = [
  'aws_access_key_id',
  'role_arn',
  'credential_process',
  'sso_session',
  'sso_start_url',
  'web_identity_token_file',
  'login_session',
]

/**
 * The default profile, when it has credentials: every SDK takes them before it asks an endpoint. `undefined` when it
 * has none, for any reader, or when the files can't be read: then nobody else reads them either.
 */
async function shadowOf(files: Pick<FilesService, 'show'>): Promise<{ readonly region: string | null } | undefined> {
  try {
    const views = await Promise.all((['aws', 'botocore', 'js-sdk'] as const).map((reader) => files.show(reader)))
    const profiles = views.map((view) => view.profiles.default ?? {})
    if (!profiles.some((profile) => SOURCE_KEYS.some((key) => Boolean(profile[key])))) return undefined
    const region = profiles.map((profile) => profile.region).find((value) => typeof value === 'string' && value !== '')
    return { region: typeof region === 'string' ? region : null }
  } catch (error) {
    if (isHallpassError(error)) return undefined
    throw error
  }
}

function hasRegion(env: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(env.AWS_REGION || env.AWS_DEFAULT_REGION)
}

/** Says once why there are no new credentials; an SDK that asks again and again must not fill the screen. */
function teller(context: CliContext, name: string): (error: unknown) => void {
  let told: string | undefined
  return (error) => {
    const { code, message, hint } = isHallpassError(error)
      ? error
      : { code: 'internal', message: 'Something unexpected went wrong.', hint: undefined }
    if (code === told) return
    told = code
    context.note(`hallpass: No new credentials for ${name}: ${message}${hint === undefined ? '' : `\n  try: ${hint}`}`)
  }
}
