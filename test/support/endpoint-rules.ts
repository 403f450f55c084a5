/** Points AWS CLIs at the practice account that take no endpoint from the environment: they read endpoint rules from a folder. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param folder is made; its path goes into AWS_DATA_PATH
 * @param url where STS and both services of Identity Center are
 * @returns the folder
 */
export function writeEndpointRules(folder: string, url: string): string {
  const rules = {
    version: '1.0',
    parameters: {},
    rules: [{ conditions: [], type: 'endpoint', endpoint: { url, properties: {}, headers: {} } }],
  }
  for (const service of ['sso/2019-06-10', 'sso-oidc/2019-06-10', 'sts/2011-06-15']) {
    mkdirSync(join(folder, service), { recursive: true })
    writeFileSync(join(folder, service, 'endpoint-rule-set-1.json'), JSON.stringify(rules))
  }
  return folder
}
