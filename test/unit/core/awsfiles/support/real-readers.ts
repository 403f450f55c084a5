/** The real readers Hallpass is measured against: botocore through Python, and the JS SDK's own loader. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSharedConfigFiles, parseKnownFiles } from '@smithy/shared-ini-file-loader'

export interface FilePair {
  readonly config: Uint8Array
  readonly credentials: Uint8Array
}

export type PlainValues = Record<string, string | Record<string, string>>
export type PlainProfiles = Record<string, PlainValues>

export type BotocoreAnswer =
  | { readonly profiles: PlainProfiles; readonly ssoSessions: PlainProfiles; readonly error?: undefined }
  | { readonly error: string }

/** Why botocore can't be asked on this machine; `undefined` when it can. */
export const botocoreMissing: string | undefined = (() => {
  const probe = spawnSync('python3', ['-c', 'import botocore'], { encoding: 'utf8' })
  return probe.status === 0 ? undefined : 'python3 with botocore is not installed'
})()

/** Runs `work` on the pairs written to files of a temporary folder. */
export async function withFiles<T>(
  pairs: readonly FilePair[],
  work: (paths: [string, string][]) => T,
): Promise<Awaited<T>> {
  const folder = mkdtempSync(join(tmpdir(), 'aws-pairs-'))
  try {
    const paths = pairs.map(({ config, credentials }, index): [string, string] => {
      const names: [string, string] = [join(folder, `config-${index}`), join(folder, `credentials-${index}`)]
      writeFileSync(names[0], config)
      writeFileSync(names[1], credentials)
      return names
    })
    return await work(paths)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What botocore makes of each pair, asked in one Python process. */
export function askBotocore(paths: readonly [string, string][]): BotocoreAnswer[] {
  const script = join(import.meta.dirname, 'read-with-botocore.py')
  const run = spawnSync('python3', ['-X', 'utf8', script], {
    input: JSON.stringify(paths),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (run.status !== 0) throw new Error(`python3 failed: ${run.stderr}`)
  return JSON.parse(run.stdout) as BotocoreAnswer[]
}

/** What the JS SDK's loader makes of a pair: profiles of both files merged. */
export async function askJsSdk([configFilepath, filepath]: readonly [string, string]): Promise<PlainProfiles> {
  return (await parseKnownFiles({ configFilepath, filepath, ignoreCache: true })) as PlainProfiles
}

/** The loader's answer for each file by itself. */
export async function askJsSdkByFile([configFilepath, filepath]: readonly [string, string]): Promise<{
  configFile: PlainProfiles
  credentialsFile: PlainProfiles
}> {
  const loaded = await loadSharedConfigFiles({ configFilepath, filepath, ignoreCache: true })
  return { configFile: loaded.configFile as PlainProfiles, credentialsFile: loaded.credentialsFile as PlainProfiles }
}
