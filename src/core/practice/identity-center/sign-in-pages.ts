/** What a person sees in the browser: the sign-in page of the authorization code flow, and the device page. */
import { type PageForm, replyPage } from '../pages.ts'
import type { QueryParameters } from '../query.ts'
import type { Reply } from '../reply.ts'
import type { Clients } from './clients.ts'
import type { CodeRequest, CodeRequests } from './code-requests.ts'
import type { Decision, DeviceRequest, DeviceRequests } from './device-requests.ts'
import { type RedirectParameters, redirectTo } from './redirect.ts'
import type { Surroundings } from './surroundings.ts'

const TITLE = 'Practice account sign-in'

export class SignInPages {
  readonly #around: Surroundings
  readonly #clients: Clients
  readonly #codes: CodeRequests
  readonly #devices: DeviceRequests

  constructor(around: Surroundings, clients: Clients, codes: CodeRequests, devices: DeviceRequests) {
    this.#around = around
    this.#clients = clients
    this.#codes = codes
    this.#devices = devices
  }

  /** GET `/authorize`: asks, or goes back to the client with what is wrong. It never goes where the client was not registered for. */
  authorize(parameters: QueryParameters): Reply {
    const nowMs = this.#around.now()
    const client = this.#clients.find(parameters.get('client_id') ?? '', nowMs)
    if (!client) return refused('The client is unknown, or its registration has expired.')
    const redirectUri = parameters.get('redirect_uri') ?? ''
    if (!client.allowsRedirect(redirectUri)) return refused('The client is not registered for this redirect URI.')
    const request = this.#codes.begin(client, redirectUri, parameters, nowMs)
    if (typeof request === 'string') return redirect(redirectUri, { error: request, state: parameters.get('state') })
    const { answer } = this.#around.settings()
    if (answer !== 'ask') return this.#answerCode(request, answer)
    return replyPage(
      200,
      TITLE,
      `Allow ${client.name} to use what is assigned to ${this.#userName}?`,
      [
        ['Signs in as', this.#userName],
        ['Start URL', this.#around.assignments.place.startUrl],
        ['Scopes', client.scopes.join(' ') || 'none'],
        ['Goes back to', redirectUri],
      ],
      choice('/authorize', { request: request.id }),
    )
  }

  /** POST `/authorize`, from the page's buttons. */
  answerAuthorize(parameters: QueryParameters): Reply {
    const request = this.#codes.take(parameters.get('request') ?? '', this.#around.now())
    const decision = readDecision(parameters)
    if (!request || !decision) return refused('This sign-in has been answered already, or has expired.')
    return this.#answerCode(request, decision)
  }

  /** GET `/device`: asks for the code, or shows whom it lets in. */
  device(parameters: QueryParameters): Reply {
    const userCode = parameters.get('user_code')
    if (userCode === undefined)
      return replyPage(
        200,
        TITLE,
        'Give the code that your device shows.',
        [],
        [{ method: 'get', action: '/device', button: 'Continue', field: { name: 'user_code', label: 'Code' } }],
      )
    const request = this.#devices.open(userCode, this.#around.now())
    if (!request) return refused('No device waits with this code. It may have expired.')
    return this.#askDevice(request)
  }

  /** POST `/device`, from the page's buttons. */
  answerDevice(parameters: QueryParameters): Reply {
    const decision = readDecision(parameters)
    const isDecided =
      decision !== undefined && this.#devices.decide(parameters.get('user_code') ?? '', decision, this.#around.now())
    if (!isDecided) return refused('No device waits with this code. It may have expired.')
    const text = decision === 'allow' ? 'The request is allowed.' : 'The request is denied.'
    return replyPage(200, TITLE, `${text} You can close this page.`, [])
  }

  get #userName(): string {
    return this.#around.assignments.place.userName
  }

  #askDevice({ userCode, client }: DeviceRequest): Reply {
    return replyPage(
      200,
      TITLE,
      `Allow ${client.name} to use what is assigned to ${this.#userName}? Its code has to be the one shown here.`,
      [
        ['Code', userCode],
        ['Signs in as', this.#userName],
        ['Scopes', client.scopes.join(' ') || 'none'],
      ],
      choice('/device', { user_code: userCode }),
    )
  }

  #answerCode(request: CodeRequest, decision: Decision): Reply {
    const { state } = request
    if (decision === 'deny') return redirect(request.redirectUri, { error: 'access_denied', state })
    return redirect(request.redirectUri, { code: this.#codes.allow(request, this.#around.now()), state })
  }
}

function choice(action: string, hidden: Readonly<Record<string, string>>): PageForm[] {
  return [
    { method: 'post', action, button: 'Allow', hidden: { ...hidden, answer: 'allow' } },
    { method: 'post', action, button: 'Deny', hidden: { ...hidden, answer: 'deny' } },
  ]
}

function readDecision(parameters: QueryParameters): Decision | undefined {
  const answer = parameters.get('answer')
  return answer === 'allow' || answer === 'deny' ? answer : undefined
}

function refused(text: string): Reply {
  return replyPage(400, 'Sign-in refused', text, [])
}

/** After a form, the browser is to ask the client with GET. */
function redirect(uri: string, parameters: RedirectParameters): Reply {
  const headers = {
    location: redirectTo(uri, parameters),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  }
  return { status: 303, headers, body: '' }
}
