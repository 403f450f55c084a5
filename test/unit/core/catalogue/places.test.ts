/** Where catalogues may be, and S3's signature as botocore makes it. */
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signGet } from '#core/catalogue/fetch-s3.ts'
import { readPlace } from '#core/catalogue/places.ts'
import { HallpassError } from '#shared/errors.ts'

describe('places', () => {
  it.each([
    ['/tmp/roles.yaml', 'file'],
    ['https://example.com/roles.yaml', 'https'],
    ['https://github.com/acme/access.git', 'git'],
    ['git+https://git.example.com/acme/access', 'git'],
    ['ssh://git@example.com/acme/access', 'git'],
    ['git+ssh://git@example.com/acme/access', 'git'],
    ['git@github.com:acme/access.git', 'git'],
    ['https://example.com/roles.yaml?ref=main&format=raw', 'https'],
    ['git+file:///srv/access.git', 'git'],
    ['s3://acme-access/a/b.yaml', 's3'],
  ])('%s is %s', (place, kind) => {
    expect(readPlace(place).kind).toBe(kind)
  })

  it.each([
    'http://example.com/roles.yaml',
    'https://me:pass@example.com/roles.yaml',
    'https://token@example.com/roles.yaml',
    'ssh://me:pass@example.com/access',
    '-x@example.com:access',
    'ext::sh -c touch% /tmp/x',
    'ext::https://example.com',
    '--upload-pack=touch /tmp/x',
    '-u',
    'git+ssh://me:pass@example.com/access',
    'git+ssh://-oProxyCommand=x/y',
    'ssh://-oProxyCommand=x/y',
    'https://acme.s3.amazonaws.com/roles.yaml?X-Amz-Credential=AKIA&X-Amz-Signature=0123abcd',
    'https://raw.example.com/roles.yaml?token=AABBCCDD',
    'https://gitlab.example.com/raw/roles.yaml?ref=main&PRIVATE_TOKEN=glpat-x',
    'https://acme.blob.core.windows.net/x/roles.yaml?sv=2024&sig=abc%3D',
    'git+https://example.com/acme/access?access_token=x',
    'file:///etc/passwd',
    'ftp://example.com/x',
    'roles.yaml',
    's3://UPPER/x',
    'fd::17/x',
    'https://example.com/a\nb',
  ])('%j is refused', (place) => {
    expect(() => readPlace(place)).toThrow(expect.objectContaining({ code: 'input.invalid' }))
  })

  it('whatever is given, git never gets a word it could take for an option or a helper', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `git+${text}`),
        ),
        (text) => {
          try {
            const place = readPlace(text)
            if (place.kind === 'git') expect(place.url).toMatch(/^(https|ssh|file):\/\/|^[A-Za-z0-9_][^/]*@/)
            if (place.kind === 'https') expect(new URL(place.url).protocol).toBe('https:')
          } catch (error) {
            if (!(error instanceof HallpassError)) throw error
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('the signature', () => {
  const botocore = `
import sys, json
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
import botocore.auth, datetime
url, region, key, secret, token, stamp = sys.argv[1:]
class Fixed(datetime.datetime):
    @classmethod
    def utcnow(cls): return cls.strptime(stamp, '%Y%m%dT%H%M%SZ')
    @classmethod
    def now(cls, tz=None): return cls.strptime(stamp, '%Y%m%dT%H%M%SZ')
botocore.auth.datetime.datetime = Fixed if hasattr(botocore.auth.datetime, 'datetime') else Fixed
try: botocore.auth.get_current_datetime = lambda *a, **k: Fixed.strptime(stamp, '%Y%m%dT%H%M%SZ')
except Exception: pass
request = AWSRequest('GET', url)
request.context['payload_signing_enabled'] = True
S3SigV4Auth(Credentials(key, secret, token), 's3', region).add_auth(request)
print(json.dumps(dict(request.headers.items())))
`
  it.each([
    'https://acme.s3.eu-west-1.amazonaws.com/roles.yaml',
    'https://acme.s3.eu-west-1.amazonaws.com/a%20b/%C3%BC%2B%28x%29.yaml',
    'http://127.0.0.1:4566/acme/roles.yaml',
  ])('of %s is botocore’s', (url) => {
    const key = {
      accessKeyId: 'ASIAQ6VEXAMPLEKEY001',
      secretAccessKey: 'abcdEFGH0123/abcdEFGH0123+abcdEFGH012345',
      sessionToken: 'IQoJtoken',
    }
    const ours = signGet(new URL(url), 'eu-west-1', key, new Date('2026-11-26T12:34:56.789Z'))
    const words = [url, 'eu-west-1', key.accessKeyId, key.secretAccessKey, key.sessionToken, '20261126T123456Z']
    const theirs = JSON.parse(execFileSync('python3', ['-c', botocore, ...words], { encoding: 'utf8' })) as Record<
      string,
      string
    >
    expect(ours['x-amz-date']).toBe('20261126T123456Z')
    expect(theirs['X-Amz-Date']).toBe('20261126T123456Z')
    expect(ours.authorization).toBe(theirs.Authorization)
  })
})
