/** The federation endpoint: getSigninToken and login, with the refusals of aws-facts D.3. */
import { z } from 'zod'
import { partitionById } from '#shared/partitions.ts'
import { assumedRoleArn } from './authenticate.ts'
import type { Role } from './directory.ts'
import { replyPage } from './pages.ts'
import type { QueryParameters } from './query.ts'
import { expiredToken, invalidToken, Refusal } from './refusal.ts'
import { type Reply, replyJson } from './reply.ts'
import { equalSecrets, makeSessionToken, randomEntropy } from './secrets.ts'
import type { Session } from './sessions.ts'
import type { PracticeState } from './state.ts'

const TOKEN_LIFETIME_MS = 15 * 60_000
const MAX_CONSOLE_SECONDS = 43_200

const sessionSchema = z.object({ sessionId: z.string(), sessionKey: z.string(), sessionToken: z.string() })

interface SignIn {
  readonly role: Role
  readonly assumedRoleArn: string
  readonly validUntil: number
}

/** The sign-in tokens of one practice account; they die with it. */
export class Federation {
  readonly #state: PracticeState
  readonly #signIns = new Map<string, SignIn>()

  constructor(state: PracticeState) {
    this.#state = state
  }

  /** Answers a GET of `/federation`; never throws a refusal. */
  answer(parameters: QueryParameters): Reply {
    const action = parameters.get('Action') ?? ''
    const session = readSession(parameters)
    let refusal: Refusal | undefined
    try {
      if (action === 'getSigninToken') return replyJson(200, { SigninToken: this.#makeToken(parameters, session) })
      if (action === 'login') return this.#login(parameters)
      throw refuse('Unknown Action')
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusal = error
      return replyPage(400, 'Sign-in refused', error.message, [])
    } finally {
      this.#state.calls.record({
        at: new Date(this.#state.now()).toISOString(),
        action: `federation:${action}`,
        accessKeyId: session?.sessionId ?? null,
        region: null,
        roleArn: null,
        status: refusal ? 400 : 200,
        errorCode: refusal?.code ?? null,
      })
    }
  }

  #makeToken(parameters: QueryParameters, claimed: z.infer<typeof sessionSchema> | undefined): string {
    if (!claimed) throw refuse('Invalid session parameter')
    const { now, role, session } = this.#checkCredentials(claimed)
    const duration = parameters.get('SessionDuration')
    if (duration !== undefined && !isConsoleDuration(duration)) throw refuse('Invalid SessionDuration parameter')
    // Chained credentials may sign in, but may not say for how long.
    if (duration !== undefined && session.chained) throw refuse('Invalid credentials parameter')
    for (const [token, signIn] of this.#signIns) if (signIn.validUntil <= now) this.#signIns.delete(token)
    const token = makeSessionToken(randomEntropy)
    this.#signIns.set(token, { role, assumedRoleArn: assumedRoleArn(session), validUntil: now + TOKEN_LIFETIME_MS })
    return token
  }

  #checkCredentials(claimed: z.infer<typeof sessionSchema>): { now: number; role: Role; session: Session } {
    const now = this.#state.now()
    const session = this.#state.sessions.find(claimed.sessionId, now)
    if (this.#state.directory.key(claimed.sessionId)) throw onlyFederated()
    if (!session || !equalSecrets(session.secretAccessKey, claimed.sessionKey)) throw invalidToken()
    if (!equalSecrets(session.sessionToken, claimed.sessionToken)) throw invalidToken()
    if (session.expiresAt <= now) throw expiredToken()
    if (session.subject.kind !== 'role') throw onlyFederated()
    return { now, role: session.subject.role, session }
  }

  #login(parameters: QueryParameters): Reply {
    const signIn = this.#signIns.get(parameters.get('SigninToken') ?? '')
    if (!signIn || signIn.validUntil <= this.#state.now()) throw refuse('The sign-in token is invalid or has expired')
    const { role } = signIn
    const destination = parameters.get('Destination') ?? ''
    if (!isConsoleUrl(destination, role)) throw refuse('Invalid Destination parameter')
    const title = `You are signed in to the practice account as ${role.name}`
    return replyPage(200, title, 'In the real console this would be the page you asked for.', [
      ['Account', `${role.account.name} (${role.account.id})`],
      ['Session', signIn.assumedRoleArn],
      ['Destination', destination],
      ['Issuer', parameters.get('Issuer') ?? 'none'],
    ])
  }
}

function readSession(parameters: QueryParameters): z.infer<typeof sessionSchema> | undefined {
  try {
    return sessionSchema.safeParse(JSON.parse(parameters.get('Session') ?? '')).data
  } catch {
    return undefined
  }
}

function isConsoleDuration(text: string): boolean {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return seconds >= 900 && seconds <= MAX_CONSOLE_SECONDS
}

/** A console page of the role's own partition. Where the console's host is not public, any https page will do. */
function isConsoleUrl(text: string, role: Role): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const domain = partitionById(role.account.partition)?.consoleHost?.replace(/^console\./, '')
  if (url.protocol !== 'https:') return false
  return domain === undefined || url.hostname === domain || url.hostname.endsWith(`.${domain}`)
}

function refuse(message: string): Refusal {
  return new Refusal(400, 'InvalidRequest', message)
}

function onlyFederated(): Refusal {
  return refuse('Only federation tokens or assume role tokens may be used for federated login')
}
