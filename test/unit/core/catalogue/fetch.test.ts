import { expect, it } from 'vitest'
import { fetchHttps } from '#core/catalogue/fetch-https.ts'
import { fetchS3 } from '#core/catalogue/fetch-s3.ts'

const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 's', sessionToken: 't', region: null, roleArn: null }

// A port that fetch calls nobody at: it says so in an error without a code.
it.each<[string, () => Promise<unknown>]>([
  ['https', () => fetchHttps('https://127.0.0.1:1/roles.yaml')],
  ['S3', () => fetchS3({ bucket: 'acme', key: 'a' }, credentials, { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' })],
])('an address of %s that can’t be called is out of reach, and no surprise', async (_, call) => {
  await expect(call()).rejects.toMatchObject({ code: 'network.unreachable' })
})
