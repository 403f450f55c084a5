import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLoopbackUrl, redirectTo, sameRedirect } from '#core/practice/identity-center/redirect.ts'
import { sameStartUrl } from '#core/practice/identity-center/start-url.ts'

const REGISTERED = 'http://127.0.0.1/oauth/callback'

describe('redirect URIs', () => {
  test.each(['http://127.0.0.1', 'http://localhost:8080/a', 'http://[::1]:9/', REGISTERED])(
    '%s is of this machine',
    (uri) => {
      expect(isLoopbackUrl(uri)).toBe(true)
    },
  )

  test.each([
    '',
    '127.0.0.1',
    'https://127.0.0.1/',
    'http://127.0.0.2/',
    'http://127.0.0.1.example.com/',
    'http://127.0.0.1@example.com/',
    'http://user@127.0.0.1/',
    'http://user:word@localhost/',
    'http://localhost.example.com/',
    'http://127.0.0.1/#part',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
  ])('%s is not', (uri) => {
    expect(isLoopbackUrl(uri)).toBe(false)
  })

  test('are the registered one at any port, with nothing else changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), (port) => {
        expect(sameRedirect(REGISTERED, `http://127.0.0.1:${port}/oauth/callback`)).toBe(true)
        expect(sameRedirect(REGISTERED, `http://localhost:${port}/oauth/callback`)).toBe(false)
        expect(sameRedirect(REGISTERED, `http://127.0.0.1:${port}/oauth/callback/`)).toBe(false)
        expect(sameRedirect(REGISTERED, `http://127.0.0.1:${port}/oauth/callback?next=x`)).toBe(false)
      }),
    )
  })

  test('never lead off this machine, whatever is asked for', () => {
    const off = fc.webUrl().filter((url) => !/^https?:\/\/(?:127\.0\.0\.1|localhost)[/:]/.test(url))
    fc.assert(
      fc.property(off, (uri) => {
        expect(sameRedirect(REGISTERED, uri)).toBe(false)
        expect(sameRedirect(uri, uri)).toBe(false)
      }),
    )
  })

  test('carry any text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (state) => {
        const url = new URL(redirectTo('http://127.0.0.1:9/oauth/callback', { code: 'c', state }))
        expect(url.origin + url.pathname).toBe('http://127.0.0.1:9/oauth/callback')
        expect(Object.fromEntries(url.searchParams)).toEqual({ code: 'c', state })
      }),
    )
    expect(redirectTo(REGISTERED, { error: 'access_denied', state: undefined })).toBe(
      `${REGISTERED}?error=access_denied`,
    )
  })
})

describe('start URLs', () => {
  const START = 'https://d-9367a4c1f2.awsapps.com/start'

  test.each([START, `${START}/`, `${START}#`, `${START}/#/`, ` ${START} `, START.toUpperCase()])(
    '%j is the same',
    (url) => {
      expect(sameStartUrl(url, START)).toBe(true)
    },
  )

  test.each(['', `${START}/x`, `${START}?x`, 'https://d-9367a4c1f3.awsapps.com/start', `${START}#/device`])(
    '%j is another',
    (url) => {
      expect(sameStartUrl(url, START)).toBe(false)
    },
  )
})
