/**
 * Identity Center's portal, through the AWS SDK, set up like every call of Hallpass's own (client-settings.ts): which
 * accounts and roles a person has, and their credentials (Portal API reference; facts E.4).
 *
 * - Each call is sent once: whoever makes many of them knows better when to try again.
 * - The token goes to the portal's own host and follows no redirect.
 */
import type { SSOClient } from '@aws-sdk/client-sso'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { areCredentialTexts, type OnAnswer, unsignedClientConfig, watchAnswers } from '../aws/client-settings.ts'
import { type Env, identityCenterEndpoint } from '../aws/endpoints.ts'
import { readAnswer } from '../aws/explain.ts'
import type { Explanation } from '../aws/explain-context.ts'
import { type CallTarget, explainNetworkError } from '../aws/explain-network.ts'
import type { IssuedCredentials } from '../aws/sts.ts'
import { redact } from '../redact.ts'
import { explainStatus, incompleteAnswer, signInNeeded } from './explain-oidc.ts'
import type { IdentityCenterToken } from './records.ts'
import { cancelled } from './wait.ts'

export interface PortalAccount {
  /** 12 digits. */
  readonly accountId: string
  /** May be empty. */
  readonly accountName: string
  /** May be empty. */
  readonly emailAddress: string
}

/** A part of a list, and what the next part is asked with; null at its end. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly nextToken: string | null
}

/** What a call goes with: whose token, and where to. */
export type PortalAccess = Pick<IdentityCenterToken, 'accessToken' | 'region' | 'startUrl'>

export interface PageRequest {
  /** Null for the first page. */
  readonly nextToken: string | null
  readonly signal?: AbortSignal | undefined
}

/**
 * All methods throw `sso.sign-in-needed` (401), `sso.no-access` (403), `sso.throttled` (429), `aws.*`, `network.*`,
 * `cancelled`, and `usage.invalid` or `input.invalid` for a bad endpoint override or region.
 */
export interface PortalCalls {
  listAccounts(access: PortalAccess, page: PageRequest): Promise<Page<PortalAccount>>
  /** Role names: those of the permission sets. */
  listAccountRoles(access: PortalAccess, accountId: string, page: PageRequest): Promise<Page<string>>
  getRoleCredentials(
    access: PortalAccess,
    role: { readonly accountId: string; readonly roleName: string },
    signal?: AbortSignal,
  ): Promise<IssuedCredentials>
  /** Ends the token at AWS. Credentials had with it live on. A token that has ended already is no failure. */
  logout(access: PortalAccess): Promise<void>
  /** Drops idle connections. */
  close(): void
}

/** As many as the portal gives at once. */
const PAGE_SIZE = 100

/** The portal for one environment; only the endpoint overrides are read from it. */
export function createPortal(env: Env, onAnswer?: OnAnswer): PortalCalls {
  type Sdk = typeof import('@aws-sdk/client-sso')
  /** One for each region: hundreds of calls share their connections. */
  const clients = new Map<string, SSOClient>()

  function clientFor(sdk: Sdk, region: string, url: string): SSOClient {
    const known = clients.get(region)
    if (known) return known
    const client = new sdk.SSOClient(unsignedClientConfig(region, url, 1))
    watchAnswers(client, onAnswer)
    clients.set(region, client)
    return client
  }

  async function send<T>(
    access: PortalAccess,
    about: Pick<PortalContext, 'operation' | 'target'>,
    signal: AbortSignal | undefined,
    work: (sdk: Sdk, client: SSOClient, abort: { abortSignal?: AbortSignal }, host: string) => Promise<T>,
  ): Promise<T> {
    const endpoint = identityCenterEndpoint(env, 'sso', access.region)
    const sdk = await import('@aws-sdk/client-sso')
    try {
      if (signal?.aborted) throw cancelled()
      const client = clientFor(sdk, access.region, endpoint.url)
      return await work(sdk, client, signal ? { abortSignal: signal } : {}, endpoint.host)
    } catch (error) {
      if (signal?.aborted) throw cancelled()
      throw explainPortalError(error, { ...about, ...endpoint, startUrl: access.startUrl }, access.accessToken)
    }
  }

  return {
    listAccounts: (access, { nextToken, signal }) =>
      send(access, { operation: 'ListAccounts', target: 'its accounts' }, signal, async (sdk, client, abort, host) => {
        const { accessToken } = access
        const command = new sdk.ListAccountsCommand({ accessToken, maxResults: PAGE_SIZE, ...next(nextToken) })
        const answer = await client.send(command, abort)
        if (!answer.accountList) throw incompleteAnswer(host, 'ListAccounts')
        const items = answer.accountList.map(({ accountId, accountName, emailAddress }) => {
          if (!accountId || !/^\d{12}$/.test(accountId)) throw incompleteAnswer(host, 'ListAccounts')
          return { accountId, accountName: oneLine(accountName), emailAddress: oneLine(emailAddress) }
        })
        return { items, nextToken: answer.nextToken || null }
      }),

    listAccountRoles: (access, accountId, { nextToken, signal }) =>
      send(
        access,
        { operation: 'ListAccountRoles', target: `account ${accountId}` },
        signal,
        async (sdk, client, abort, host) => {
          const { accessToken } = access
          const input = { accessToken, accountId, maxResults: PAGE_SIZE, ...next(nextToken) }
          const answer = await client.send(new sdk.ListAccountRolesCommand(input), abort)
          if (!answer.roleList) throw incompleteAnswer(host, 'ListAccountRoles')
          const items = answer.roleList.map(({ roleName }) => {
            if (!roleName || !ROLE_NAME.test(roleName)) throw incompleteAnswer(host, 'ListAccountRoles')
            return roleName
          })
          return { items, nextToken: answer.nextToken || null }
        },
      ),

    getRoleCredentials: (access, { accountId, roleName }, signal) =>
      send(
        access,
        { operation: 'GetRoleCredentials', target: `${roleName} in account ${accountId}` },
        signal,
        async (sdk, client, abort, host) => {
          const { accessToken } = access
          const command = new sdk.GetRoleCredentialsCommand({ accessToken, accountId, roleName })
          const { accessKeyId, secretAccessKey, sessionToken, expiration } =
            (await client.send(command, abort)).roleCredentials ?? {}
          // Milliseconds, unlike every other time of AWS's.
          const end = new Date(expiration || Number.NaN)
          if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(end.getTime()))
            throw incompleteAnswer(host, 'GetRoleCredentials')
          if (!areCredentialTexts(accessKeyId, secretAccessKey, sessionToken))
            throw incompleteAnswer(host, 'GetRoleCredentials')
          return { accessKeyId, secretAccessKey, sessionToken, expiration: end }
        },
      ),

    async logout(access) {
      try {
        await send(access, { operation: 'Logout', target: 'the sign-out' }, undefined, (sdk, client) =>
          client.send(new sdk.LogoutCommand({ accessToken: access.accessToken })),
        )
      } catch (error) {
        if (!isHallpassError(error, 'sso.sign-in-needed')) throw error
      }
    },

    close() {
      for (const client of clients.values()) client.destroy()
      clients.clear()
    },
  }
}

/** AWS allows 50 characters for the one and 64 for the other (Organizations API Reference, Account). */
const LONGEST_NAME = 64

/** As it can be kept and shown: what AWS would not take itself is left out, and keeps nobody from their roles. */
function oneLine(text: string | undefined): string {
  const plain = (text ?? '').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').trim()
  // The first half of a character is none.
  return plain
    .slice(0, LONGEST_NAME)
    .replace(/[\ud800-\udbff]$/, '')
    .trim()
}

/** IAM's characters: a permission set becomes a role of nearly that name. */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/

const next = (nextToken: string | null) => (nextToken === null ? {} : { nextToken })

interface PortalContext extends CallTarget {
  readonly operation: 'ListAccounts' | 'ListAccountRoles' | 'GetRoleCredentials' | 'Logout'
  /** What was asked for, for messages. */
  readonly target: string
  readonly startUrl: string
}

function explainPortalError(error: unknown, context: PortalContext, accessToken: string): HallpassError {
  if (isHallpassError(error)) return error
  const answer = readAnswer(error)
  const network = answer.status === undefined ? explainNetworkError(error, context) : undefined
  if (network) return network
  const { code, message, hint } = explain(answer.status, context)
  return new HallpassError(code, message, { hint, details: redact(answer.words, [accessToken]) })
}

function explain(status: number | undefined, context: PortalContext): Explanation {
  const { operation, target, host } = context
  switch (status) {
    case 401:
      return signInNeeded(context)
    case 403:
      return {
        code: 'sso.no-access',
        message: `Identity Center gives you no access to ${target}.`,
        hint: 'The assignment may have been taken away: read the list of roles again, or ask who manages it.',
      }
    case 404:
      return {
        code: 'sso.no-access',
        message: `Identity Center knows nothing of ${target}.`,
        hint: 'Read the list of roles again.',
      }
    default:
      return explainStatus(status, host, operation)
  }
}
