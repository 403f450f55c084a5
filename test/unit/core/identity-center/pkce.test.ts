import { describe, expect, it } from 'vitest'
import { authorizeUrl, codeChallenge, createCodeVerifier } from '#core/identity-center/pkce.ts'

describe('the proof', () => {
  it('is of 64 characters that RFC 7636 allows, different each time', () => {
    const verifiers = Array.from({ length: 200 }, createCodeVerifier)
    for (const verifier of verifiers) expect(verifier).toMatch(/^[A-Za-z0-9._~-]{64}$/)
    expect(new Set(verifiers).size).toBe(200)
    // Every character is used: none is left out by an off-by-one.
    expect(new Set(verifiers.join('')).size).toBe(66)
  })

  it('has the challenge of RFC 7636, appendix B', () => {
    expect(codeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    )
  })
})

describe('the address to sign in at', () => {
  it('has exactly the parameters that AWS’s own command sends', () => {
    const url = authorizeUrl('https://oidc.eu-west-1.amazonaws.com/authorize', {
      clientId: 'c&d',
      redirectUri: 'http://127.0.0.1:5000/oauth/callback',
      state: 'state-1',
      scopes: ['sso:account:access', 'codewhisperer:completions'],
      codeChallenge: 'E9M-_w',
    })
    expect(url).toBe(
      'https://oidc.eu-west-1.amazonaws.com/authorize?response_type=code&client_id=c%26d' +
        '&redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Foauth%2Fcallback&state=state-1&code_challenge_method=S256' +
        '&scopes=sso%3Aaccount%3Aaccess%20codewhisperer%3Acompletions&code_challenge=E9M-_w',
    )
  })
})
