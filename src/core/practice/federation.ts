/** The federation endpoint: getSigninToken and login, with the refusals of aws-facts D.3. */
import { z } from 'zod'
import { partitionById } from '#shared/partitions.ts'
import { sessionArn } from './authenticate.ts'
import type { Account } from './directory.ts'
import { replyPage } from './pages.ts'
import type { QueryParameters } from './query.ts'
import { expiredToken, invalidToken, Refusal } from './refusal.ts'
import { type Reply, replyJson } from './reply.ts'
import { equalSecrets, makeSessionToken, randomEntropy } from './secrets.ts'
import { accountOf, type Session } from './sessions.ts'
import type { PracticeState } from './state.ts'

const TOKEN_LIFETIME_MS = 15 * 60_000
const MAX_CONSOLE_SECONDS = 43_200

const sessionSchema = z.object({ sessionId: z.string(), sessionKey: z.string(), sessionToken: z.string() })

interface SignIn {
  /** The role, or the federated user. */
  readonly name: string
  readonly account: Account
  readonly arn: string
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
    const { now, session } = this.#checkCredentials(claimed)
    const duration = parameters.get('SessionDuration')
    if (duration !== undefined && !isConsoleDuration(duration)) throw refuse('Invalid SessionDuration parameter')
    const { subject } = session
    // Chained credentials and federated users may sign in, but may not say for how long.
    if (duration !== undefined && (session.chained || subject.kind === 'federated'))
      throw refuse('Invalid credentials parameter')
    for (const [token, signIn] of this.#signIns) if (signIn.validUntil <= now) this.#signIns.delete(token)
    const token = makeSessionToken(randomEntropy)
    this.#signIns.set(token, {
      name: subject.kind === 'role' ? subject.role.name : subject.user.name,
      account: accountOf(subject),
      arn: sessionArn(session),
      validUntil: now + TOKEN_LIFETIME_MS,
    })
    return token
  }

  #checkCredentials(claimed: z.infer<typeof sessionSchema>): { now: number; session: Session } {
    const now = this.#state.now()
    const session = this.#state.sessions.find(claimed.sessionId, now)
    if (this.#state.directory.key(claimed.sessionId)) throw onlyFederated()
    if (!session || !equalSecrets(session.secretAccessKey, claimed.sessionKey)) throw invalidToken()
    if (!equalSecrets(session.sessionToken, claimed.sessionToken)) throw invalidToken()
    if (session.expiresAt <= now) throw expiredToken()
    if (session.subject.kind === 'user') throw onlyFederated()
    return { now, session }
  }

  #login(parameters: QueryParameters): Reply {
    const signIn = this.#signIns.get(parameters.get('SigninToken') ?? '')
    if (!signIn || signIn.validUntil <= this.#state.now()) throw refuse('The sign-in token is invalid or has expired')
    const { name, account, arn } = signIn
    const destination = parameters.get('Destination') ?? ''
    if (!isConsoleUrl(destination, account)) throw refuse('Invalid Destination parameter')
    const title = `You are signed in to the practice account as ${name}`
    return replyPage(200, title, 'In the real console this would be the page you asked for.', [
      ['Account', `${account.name} (${account.id})`],
      ['Session', arn],
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

/** A console page of the account's own partition. Where the console's host is not public, any https page will do. */
export function isConsoleUrl(text: string, account: Pick<Account, 'partition'>): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const domain = partitionById(account.partition)?.consoleHost?.replace(/^console\./, '')
  if (url.protocol !== 'https:') return false
  return domain === undefined || url.hostname === domain || url.hostname.endsWith(`.${domain}`)
}

function refuse(message: string): Refusal {
  return new Refusal(400, 'InvalidRequest', message)
}

function onlyFederated(): Refusal {
  return refuse('Only federation tokens or assume role tokens may be used for federated login')
}
