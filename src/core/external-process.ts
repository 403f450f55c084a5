/**
 * Runs the `credential_process` of a profile that Hallpass did not write, and reads what it prints (AWS facts B.1, B.2).
 *
 * - Without a shell where every SDK would run the line alike, so that the program itself can be ended; with one where the
 *   JS and Go SDKs need it. With a time limit, which most SDKs do not have.
 * - It gets neither credentials nor a choice of profile from Hallpass's own environment: a helper that looks for
 *   credentials by itself would find those, or itself.
 */
import { z } from 'zod'
import { HallpassError } from '#shared/errors.ts'
import { areCredentialTexts } from './aws/client-settings.ts'
import { flawOf } from './awsfiles/check/process-rules.ts'
import { splitShellWords } from './awsfiles/readers/python-text.ts'
import { type RunRequest, runCaptured } from './captured-run.ts'
import type { ProfileCredentials } from './external-profile.ts'
import { parseTime } from './identity-center/cli-token.ts'
import { guardOf, refuseRunning } from './process-guard.ts'
import { redact } from './redact.ts'

type Env = Readonly<Record<string, string | undefined>>

const LONGEST_DETAILS = 1000

const document = z.object({
  // The text "1" is refused by SDKs as well.
  Version: z.literal(1),
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string().nullish(),
  Expiration: z.string().nullish(),
})

export interface ProcessRequest {
  readonly profile: string
  readonly commandLine: string
  readonly env: Env
  readonly timeoutMs: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** @throws `chain.cycle` when the process asks for what it is to give; `profile.no-credentials` */
export async function runCredentialProcess(request: ProcessRequest): Promise<ProfileCredentials> {
  const { profile, commandLine, env, timeoutMs, now } = request
  refuseRunning(profile, env)
  const childEnv = { ...withoutCredentials(env), ...guardOf(profile, env) }
  const failed = (what: string, stderr = '') =>
    new HallpassError('profile.no-credentials', `The credential_process of the profile ${profile} ${what}.`, {
      hint: ownWords(stderr) ?? `See what AWS’s own command says: aws sts get-caller-identity --profile ${profile}`,
      // The end of what it said: errors come last.
      details: redact(stderr).trim().slice(-LONGEST_DETAILS) || undefined,
    })
  const { stdout, stderr, exit } = await runCaptured({ ...started(commandLine), env: childEnv, timeoutMs }).catch(
    () => {
      throw failed('could not be started')
    },
  )
  if (exit === 'timeout') throw failed(`gave nothing within ${timeoutMs / 1000} s`, stderr)
  if (exit !== 0) throw failed(`failed (${exit})`, stderr)
  const parsed = document.safeParse(parse(stdout))
  // What it printed instead may be a secret.
  if (!parsed.success) throw failed('printed something else than AWS’s JSON for credentials', stderr)
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken, Expiration } = parsed.data
  const token = SessionToken ? { sessionToken: SessionToken } : {}
  if (!areCredentialTexts(accessKeyId, secretAccessKey, ...Object.values(token)))
    throw failed('printed what is no AWS credential', stderr)
  const end = Expiration == null ? null : parseTime(Expiration)
  if (end === undefined) throw failed('printed an Expiration that is no time', stderr)
  const expiration = end === null ? null : new Date(end)
  if (expiration && expiration.getTime() <= now) throw failed('gave credentials that have expired', stderr)
  return { accessKeyId, secretAccessKey, ...token, expiration }
}

/** What Hallpass itself has said, where the process has asked it for credentials: it names the next step. */
function ownWords(stderr: string): string | undefined {
  const [, words] = /^hallpass: (.+)$/.exec(stderr.trimEnd().split('\n').at(-1) ?? '') ?? []
  return words && redact(words).slice(0, LONGEST_DETAILS)
}

function started(commandLine: string): Pick<RunRequest, 'file' | 'words' | 'shell'> {
  const isPlain = process.platform !== 'win32' && flawOf(commandLine, process.platform) === undefined
  const [file, ...words] = (isPlain && splitShellWords(commandLine)) || []
  return file === undefined ? { file: commandLine, words: [], shell: true } : { file, words }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What says who somebody is. Files, regions and endpoints stay. */
const WHO =
  /^(AWS_(DEFAULT_)?PROFILE|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_(SESSION|SECURITY)_TOKEN|AWS_CREDENTIAL_EXPIRATION|AWS_ROLE_ARN|AWS_ROLE_SESSION_NAME|AWS_WEB_IDENTITY_TOKEN_FILE|AWS_CONTAINER_.*|HALLPASS_PASSPHRASE)$/i

function withoutCredentials(env: Env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !WHO.test(name)))
}
