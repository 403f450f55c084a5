// Which origins beside AWS's a browser may be sent to: those that somebody set, and no others.
import { expect, it } from 'vitest'
import { browserOrigins } from '#core/console-service.ts'

it('are none while AWS itself is called, whatever else is pointed elsewhere', () => {
  expect(browserOrigins({})).toEqual([])
  expect(
    browserOrigins({ AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:4566', AWS_ENDPOINT_URL_SSO: 'https://portal.example' }),
  ).toEqual([])
})

it('are those of the sign-in pages of the console and of Identity Center and of the practice portal, each once', () => {
  expect(browserOrigins({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/base/' })).toEqual(['http://127.0.0.1:4566'])
  expect(
    browserOrigins({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_SIGNIN: 'http://127.0.0.1:2',
      AWS_ENDPOINT_URL_SSO_OIDC: 'http://localhost:3/x',
    }),
  ).toEqual(['http://127.0.0.1:2', 'http://localhost:3', 'http://127.0.0.1:1'])
})
