/**
 * A catalogue in S3, read with the session of a role or identity of Hallpass's. One GetObject call needs no SDK of its
 * own: it is signed here (Signature Version 4; S3 API Reference, "Authenticating Requests").
 */
import { createHash, createHmac } from 'node:crypto'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { partitionById, partitionOfRegion } from '#shared/partitions.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import { endpointOverride } from '../aws/endpoints.ts'
import { networkError } from '../aws/explain-network.ts'
import { readBody } from './fetch-https.ts'

const TIMEOUT_MS = 30_000
const REGION_HEADER = 'x-amz-bucket-region'

export interface S3Place {
  readonly bucket: string
  readonly key: string
}

type Credentials = Pick<SessionCredentials, 'accessKeyId' | 'secretAccessKey' | 'sessionToken' | 'region' | 'roleArn'>

/** @throws `catalogue.not-found`, `file.too-large`, `network.*` */
export async function fetchS3(
  { bucket, key }: S3Place,
  credentials: Credentials,
  env: Readonly<Record<string, string | undefined>>,
  now: () => number = Date.now,
): Promise<Uint8Array> {
  const home = partitionById(credentials.roleArn?.split(':')[1] ?? 'aws')?.defaultRegion ?? 'us-east-1'
  let region = credentials.region ?? home
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  for (let isFirst = true; ; isFirst = false) {
    const url = objectUrl({ bucket, key }, region, env)
    try {
      const headers = signGet(url, region, credentials, new Date(now()))
      const response = await fetch(url, { headers, signal, redirect: 'manual' })
      // S3 says where a bucket is when it is asked in another region.
      const other = response.headers.get(REGION_HEADER)
      if (isFirst && !response.ok && other && other !== region && partitionOfRegion(other)) {
        await response.body?.cancel()
        region = other
        continue
      }
      return await readBody(response, `s3://${bucket}`)
    } catch (error) {
      if (isHallpassError(error)) throw error
      throw networkError(error, { host: url.host })
    }
  }
}

function objectUrl({ bucket, key }: S3Place, region: string, env: Parameters<typeof endpointOverride>[0]): URL {
  const path = key.split('/').map(encodeSegment).join('/')
  const override = endpointOverride(env, 's3')
  if (override) return new URL(`${override.url}/${bucket}/${path}`)
  const suffix = partitionOfRegion(region)?.dnsSuffix
  if (suffix === undefined) throw new HallpassError('input.invalid', `There is no region ${region}.`)
  // Names with dots have no certificate as a host.
  const base = bucket.includes('.') ? `s3.${region}.${suffix}/${bucket}` : `${bucket}.s3.${region}.${suffix}`
  return new URL(`https://${base}/${path}`)
}

/** All but the unreserved characters, as SigV4 wants it. */
function encodeSegment(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** The headers of a signed GET without a body. */
export function signGet(
  url: URL,
  region: string,
  { accessKeyId, secretAccessKey, sessionToken }: Pick<Credentials, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>,
  at: Date,
): Record<string, string> {
  const time = at.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const date = time.slice(0, 8)
  const payload = sha256('')
  const signed: readonly (readonly [string, string])[] = [
    ['host', url.host],
    ['x-amz-content-sha256', payload],
    ['x-amz-date', time],
    ['x-amz-security-token', sessionToken],
  ]
  const names = signed.map(([name]) => name).join(';')
  const request = ['GET', url.pathname, '', ...signed.map(([name, value]) => `${name}:${value}`), '', names, payload]
  const scope = `${date}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(request.join('\n'))].join('\n')
  const key = [date, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`)
  const signature = hmac(key, text).toString('hex')
  return {
    ...Object.fromEntries(signed.filter(([name]) => name !== 'host')),
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest()
