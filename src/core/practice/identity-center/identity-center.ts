/** IAM Identity Center of the practice account: its OIDC service, its portal, and the pages a person signs in on. */
import { HallpassError } from '#shared/errors.ts'
import { QueryParameters } from '../query.ts'
import { type Reply, replyJson } from '../reply.ts'
import { headerValue, type SignedRequest } from '../sigv4.ts'
import { Clients } from './clients.ts'
import { CodeRequests } from './code-requests.ts'
import { DeviceRequests } from './device-requests.ts'
import { TokenMaker } from './make-token.ts'
import { Oidc } from './oidc.ts'
import { Portal } from './portal.ts'
import { answerPortalPage } from './portal-page.ts'
import type { IdentityCenterCommand } from './settings.ts'
import { SignInPages } from './sign-in-pages.ts'
import { SignIns } from './sign-ins.ts'
import { recordCall, type Surroundings } from './surroundings.ts'

/** Paths of the two services, which are told apart by them: no path of one is one of the other. */
const API_PATHS = [
  '/client/register',
  '/device_authorization',
  '/token',
  '/assignment/accounts',
  '/assignment/roles',
  '/federation/credentials',
  '/logout',
]
const PORTAL_PATH = '/start/console'
const PAGE_PATHS = ['/authorize', '/device', PORTAL_PATH]

/** Whether SDKs call it, rather than browsers. */
export function isIdentityCenterCall(path: string): boolean {
  return API_PATHS.includes(path)
}

export class IdentityCenter {
  readonly #around: Surroundings
  readonly #maker = new TokenMaker()
  readonly #clients = new Clients(this.#maker)
  readonly #devices = new DeviceRequests(this.#maker)
  readonly #codes = new CodeRequests(this.#maker)
  readonly #signIns = new SignIns(this.#maker)
  readonly #oidc: Oidc
  readonly #portal: Portal
  readonly #pages: SignInPages

  constructor(around: Surroundings) {
    this.#around = around
    this.#oidc = new Oidc(around, {
      clients: this.#clients,
      devices: this.#devices,
      codes: this.#codes,
      signIns: this.#signIns,
      userName: around.assignments.place.userName,
    })
    this.#portal = new Portal(around, this.#signIns)
    this.#pages = new SignInPages(around, this.#clients, this.#codes, this.#devices)
  }

  /** @returns `undefined` for a path that is none of Identity Center's */
  answer(path: string, query: string, request: SignedRequest): Reply | undefined {
    if (PAGE_PATHS.includes(path)) return this.#answerPage(path, query, request)
    if (!isIdentityCenterCall(path)) return undefined
    const origin = `http://${headerValue(request, 'host') ?? ''}`
    return (
      this.#oidc.answer(path, request, origin) ??
      this.#portal.answer(path, query, request) ??
      replyJson(405, { message: 'This path answers to another method.' })
    )
  }

  /** Carries out what a command says beside the settings. @throws `input.invalid` for an unknown user code, before anything is done */
  apply(command: IdentityCenterCommand): void {
    const nowMs = this.#around.now()
    const { allowDevice, denyDevice } = command
    for (const code of [allowDevice, denyDevice])
      if (code !== undefined && !this.#devices.open(code, nowMs))
        throw new HallpassError('input.invalid', `No device waits with the code ${code}.`)
    if (allowDevice !== undefined) this.#devices.decide(allowDevice, 'allow', nowMs)
    if (denyDevice !== undefined) this.#devices.decide(denyDevice, 'deny', nowMs)
    if (command.expireAccessTokens) this.#signIns.expireAccessTokens(nowMs)
    if (command.endSignIns) this.#signIns.endAll(nowMs)
    if (command.expireRegistrations) this.#clients.expireAll(nowMs)
    if (command.randomSeed !== undefined) this.#portal.load.reseed(command.randomSeed)
  }

  /** Every token, code and client secret given out. */
  secrets(): string[] {
    return this.#maker.secrets()
  }

  #answerPage(path: string, query: string, request: SignedRequest): Reply {
    const reply = this.#page(path, query, request)
    const service = path === PORTAL_PATH ? 'sso:portal-' : 'sso-oidc:'
    const page = path.slice(path.lastIndexOf('/') + 1)
    const action = `${service}${page}${request.method === 'POST' ? ':answer' : ''}`
    recordCall(this.#around, action, { status: reply.status, code: reply.status >= 400 ? 'Refused' : null })
    return reply
  }

  #page(path: string, query: string, request: SignedRequest): Reply {
    if (request.method === 'GET') {
      const parameters = new QueryParameters(query)
      if (path === PORTAL_PATH) return answerPortalPage(parameters, this.#around.assignments)
      return path === '/device' ? this.#pages.device(parameters) : this.#pages.authorize(parameters)
    }
    if (request.method !== 'POST' || path === PORTAL_PATH)
      return replyJson(405, { error: 'This page does not answer to that.' })
    const form = new QueryParameters(Buffer.from(request.body).toString('utf8'))
    return path === '/device' ? this.#pages.answerDevice(form) : this.#pages.answerAuthorize(form)
  }
}
