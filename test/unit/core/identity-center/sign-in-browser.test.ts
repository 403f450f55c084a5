import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type BrowserSignInParts, type OidcCalls, signInWithBrowser } from '#core/identity-center/index.ts'
import { HallpassError } from '#shared/errors.ts'
import { INSTANCE, NOW, oidcCalls, registration, token } from './records.ts'

const REGISTRATION = registration({ grantTypes: ['authorization_code', 'refresh_token'] })

/** Never on its own: time passes when a test says so. */
const forever = (_ms: number, signal?: AbortSignal) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

type Grant = Parameters<OidcCalls['exchangeCode']>[2]

function setUp(open: BrowserSignInParts['open'], change: Partial<BrowserSignInParts> = {}) {
  const grants: Grant[] = []
  const waits: number[] = []
  const parts: BrowserSignInParts = {
    oidc: oidcCalls({
      exchangeCode: async (_instance, _client, grant) => {
        grants.push(grant)
        return token()
      },
    }),
    instance: INSTANCE,
    registration: REGISTRATION,
    clock: () => NOW,
    wait: (ms, signal) => {
      waits.push(ms)
      return forever(ms, signal)
    },
    open,
    ...change,
  }
  return { parts, grants, waits }
}

/** What a browser does once the person has signed in. */
async function comeBack(url: string, values: Record<string, string> = { code: 'code-1' }): Promise<string> {
  const asked = new URL(url).searchParams
  const back = new URL(asked.get('redirect_uri') ?? '')
  back.search = String(new URLSearchParams({ state: asked.get('state') ?? '', ...values }))
  return (await fetch(back)).text()
}

describe('a sign-in with the browser', () => {
  it('exchanges the code that comes back, with the proof of who began', async () => {
    let opened = ''
    const { parts, grants, waits } = setUp(async (url) => {
      opened = url
      await comeBack(url)
    })
    expect(await signInWithBrowser(parts)).toEqual({ token: token(), registration: REGISTRATION })
    const asked = Object.fromEntries(new URL(opened).searchParams)
    const [grant] = grants
    expect(asked).toEqual({
      response_type: 'code',
      client_id: 'client-1',
      redirect_uri: grant?.redirectUri,
      state: expect.stringMatching(/^[0-9a-f-]{36}$/),
      code_challenge_method: 'S256',
      scopes: 'sso:account:access',
      code_challenge: createHash('sha256')
        .update(grant?.codeVerifier ?? '')
        .digest('base64url'),
    })
    expect(grant).toMatchObject({ code: 'code-1', redirectUri: expect.stringMatching(/:\d+\/oauth\/callback$/) })
    expect(waits).toEqual([600_000])
  })

  it('has everything new each time', async () => {
    const opened: URLSearchParams[] = []
    const open = async (url: string) => {
      opened.push(new URL(url).searchParams)
      await comeBack(url)
    }
    await signInWithBrowser(setUp(open).parts)
    await signInWithBrowser(setUp(open).parts)
    for (const name of ['state', 'code_challenge']) expect(opened[0]?.get(name)).not.toBe(opened[1]?.get(name))
  })

  it('registers for the code and refreshing, with the address without a port', async () => {
    const requests: unknown[] = []
    const { parts } = setUp(comeBack, { registration: registration() })
    const oidc: OidcCalls = {
      ...parts.oidc,
      registerClient: async (_instance, request) => {
        requests.push(request)
        return REGISTRATION
      },
    }
    expect(await signInWithBrowser({ ...parts, oidc })).toMatchObject({ registration: REGISTRATION })
    expect(requests).toEqual([
      { grantTypes: ['authorization_code', 'refresh_token'], redirectUri: 'http://127.0.0.1/oauth/callback' },
    ])
  })

  it('does not end with the answer of a stranger', async () => {
    const { parts, grants } = setUp(async (url) => {
      expect(await comeBack(url, { code: 'theirs', state: 'guessed' })).toContain('not the sign-in')
      expect(await comeBack(url, { error: 'access_denied', state: 'guessed' })).toContain('not the sign-in')
      await comeBack(url)
    })
    await signInWithBrowser(parts)
    expect(grants).toMatchObject([{ code: 'code-1' }])
  })
})

/** The port is free again, however it ended. */
async function expectClosed(url: string) {
  await expect(comeBack(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
}

describe('ending otherwise', () => {
  it('by the person’s no', async () => {
    let opened = ''
    const { parts } = setUp(async (url) => {
      opened = url
      await comeBack(url, { error: 'access_denied' })
    })
    await expect(signInWithBrowser(parts)).rejects.toMatchObject({ code: 'sso.sign-in-denied' })
    await expectClosed(opened)
  })

  it('by time', async () => {
    let opened = ''
    const { parts } = setUp(
      async (url) => {
        opened = url
      },
      { wait: async () => undefined },
    )
    await expect(signInWithBrowser(parts)).rejects.toMatchObject({ code: 'sso.sign-in-expired' })
    await expectClosed(opened)
  })

  it('by cancelling', async () => {
    const abort = new AbortController()
    let opened = ''
    const { parts } = setUp(async (url) => {
      opened = url
      abort.abort()
    })
    await expect(signInWithBrowser({ ...parts, signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' })
    await expectClosed(opened)
  })

  it('by having been cancelled before: no browser opens', async () => {
    const { parts } = setUp(() => expect.fail('opened'))
    await expect(signInWithBrowser({ ...parts, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })

  it('by a browser that does not open', async () => {
    let opened = ''
    const { parts } = setUp(async (url) => {
      opened = url
      throw new HallpassError('browser.unavailable', 'x')
    })
    await expect(signInWithBrowser(parts)).rejects.toMatchObject({ code: 'browser.unavailable' })
    await expectClosed(opened)
  })

  it('by AWS’s no to the code', async () => {
    const { parts } = setUp(comeBack)
    const oidc: OidcCalls = {
      ...parts.oidc,
      exchangeCode: async () => {
        throw new HallpassError('sso.sign-in-expired', 'x')
      },
    }
    await expect(signInWithBrowser({ ...parts, oidc })).rejects.toMatchObject({ code: 'sso.sign-in-expired' })
  })
})
