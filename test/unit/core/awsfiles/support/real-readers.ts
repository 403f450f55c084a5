/** The real readers Hallpass is measured against: botocore through Python, and the JS SDK's own loader. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSharedConfigFiles, loadSsoSessionData, parseKnownFiles } from '@smithy/shared-ini-file-loader'

export interface FilePair {
  readonly config: Uint8Array
  readonly credentials: Uint8Array
}

export type PlainValues = Record<string, string | Record<string, string>>
export type PlainProfiles = Record<string, PlainValues>

export type BotocoreAnswer =
  | {
      readonly profiles: PlainProfiles
      readonly ssoSessions: PlainProfiles
      /** Empty in AWS CLI 2.9, which does not know these sections yet. */
      readonly services: PlainProfiles
      readonly error?: undefined
    }
  | { readonly error: string }

export interface Botocore {
  readonly python: string
  /** `botocore`, or the one inside version 2 of the AWS CLI. */
  readonly module: 'botocore' | 'awscli.botocore'
  /** Such as `botocore 1.43.11 on Python 3.11.7`. */
  readonly label: string
}

const SCRIPT = join(import.meta.dirname, 'read-with-botocore.py')

/** Every botocore of this machine. */
export const botocores: readonly Botocore[] = [
  { python: 'python3', module: 'botocore' } as const,
  { python: '/usr/bin/python3', module: 'awscli.botocore' } as const,
].flatMap(({ python, module }) => {
  const probe = spawnSync(python, [SCRIPT, module, '--version'], { encoding: 'utf8' })
  return probe.status === 0 ? [{ python, module, label: `${module} ${probe.stdout.trim()}` }] : []
})

/** Why botocore can't be asked on this machine; `undefined` when it can. */
export const botocoreMissing: string | undefined =
  botocores.length > 0 ? undefined : 'neither python3 with botocore nor version 2 of the AWS CLI is installed'

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

/** What a botocore (the first found, unless one is given) makes of each pair, asked in one Python process. */
export function askBotocore(paths: readonly [string, string][], which = botocores[0]): BotocoreAnswer[] {
  if (!which) throw new Error(botocoreMissing)
  const run = spawnSync(which.python, ['-X', 'utf8', SCRIPT, which.module], {
    input: JSON.stringify(paths),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (run.status !== 0) throw new Error(`${which.label} failed: ${run.stderr}`)
  return JSON.parse(run.stdout) as BotocoreAnswer[]
}

/** What the JS SDK's loader makes of a pair: profiles of both files merged. */
export async function askJsSdk([configFilepath, filepath]: readonly [string, string]): Promise<PlainProfiles> {
  return (await parseKnownFiles({ configFilepath, filepath, ignoreCache: true })) as PlainProfiles
}

/** The `[sso-session]` sections of a config file, which the JS SDK reads by a loader of their own. */
export async function askJsSdkSessions([configFilepath]: readonly [string, string]): Promise<PlainProfiles> {
  return (await loadSsoSessionData({ configFilepath })) as PlainProfiles
}

/** The loader's answer for each file by itself. */
export async function askJsSdkByFile([configFilepath, filepath]: readonly [string, string]): Promise<{
  configFile: PlainProfiles
  credentialsFile: PlainProfiles
}> {
  const loaded = await loadSharedConfigFiles({ configFilepath, filepath, ignoreCache: true })
  return { configFile: loaded.configFile as PlainProfiles, credentialsFile: loaded.credentialsFile as PlainProfiles }
}
