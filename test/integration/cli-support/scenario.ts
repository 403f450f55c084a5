/** A person with nothing yet: an empty home, AWS files of their own, and the practice account as AWS. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHallpass } from '#core/create-hallpass.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { createLog } from '#core/log.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { type CliRun, type PtyRun, type PtyStep, type RunOptions, runCli, runOnTerminal } from './run.ts'

export const DANA = 'dana.whitfield'
export const PROD_ADMIN = 'arn:aws:iam::123456789012:role/PlatformAdmin'
export const PROD_READ_ONLY = 'arn:aws:iam::123456789012:role/ReadOnly'
export const SANDBOX_ADMIN = 'arn:aws:iam::345678901234:role/PlatformAdmin'

/** A comment no writer may lose. */
const OTHERS_CONFIG = '# mine\n[profile other]\nregion = us-west-2\n'

export type ScenarioRunOptions = Partial<Omit<RunOptions, 'env'>> & { readonly env?: Readonly<Record<string, string>> }

export interface Scenario {
  readonly account: PracticeAccount
  readonly folder: string
  readonly configFile: string
  readonly env: Readonly<Record<string, string | undefined>>
  /**
   * A process that has been there all along, as the app is. A test that uses it neither reads the store's files nor opens
   * the store once more: closing a file gives up all locks that this process has on it (POSIX).
   */
  readonly app: Hallpass
  run(words: readonly string[], options?: ScenarioRunOptions): Promise<CliRun>
  /** Runs it, expects success, and parses what it printed. */
  json(words: readonly string[], options?: ScenarioRunOptions): Promise<unknown>
  type(
    words: readonly string[],
    steps: readonly PtyStep[],
    pipes?: readonly ('stdin' | 'stdout' | 'stderr')[],
  ): Promise<PtyRun>
  /** Stores dana's key as `work`. */
  addWork(): Promise<void>
  /** Everything that could have changed: records, and the bytes of the AWS files. */
  snapshot(): Promise<unknown>
  end(): Promise<void>
}

export async function startScenario(entry: string): Promise<Scenario> {
  const folder = await mkdtemp(join(tmpdir(), 'cli-'))
  const account = await startPracticeAccount()
  const awsFolder = join(folder, 'aws')
  const configFile = join(awsFolder, 'config')
  await mkdir(awsFolder)
  await writeFile(configFile, OTHERS_CONFIG)
  const env = {
    ...process.env,
    ...account.describe().environment,
    HALLPASS_HOME: join(folder, 'hallpass'),
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: join(awsFolder, 'credentials'),
    NO_COLOR: undefined,
  }
  const app = await createHallpass({
    env,
    command: [process.execPath, entry],
    log: createLog(() => {}),
    mfaPrompt: () => Promise.reject(new Error('the app starts no session')),
  })
  const run: Scenario['run'] = (words, options = {}) =>
    runCli(entry, words, { ...options, env: { ...env, ...options.env } })
  const json: Scenario['json'] = async (words, options) => {
    const result = await run(words, options)
    if (result.exitCode !== 0) throw new Error(`hallpass ${words.join(' ')}: exit ${result.exitCode}: ${result.stderr}`)
    return JSON.parse(result.stdout) as unknown
  }
  return {
    account,
    folder,
    configFile,
    env,
    app,
    run,
    json,
    type: (words, steps, pipes = []) => runOnTerminal(entry, words, steps, { env, pipes }),
    async addWork() {
      const { accessKeyId, secretAccessKey, mfaSerial } = account.user(DANA)
      const words = [
        'identity',
        'add',
        'work',
        '--access-key-id',
        accessKeyId,
        '--mfa-serial',
        mfaSerial ?? '',
        '--json',
      ]
      await json(words, { stdin: `${secretAccessKey}\n` })
    },
    async snapshot() {
      const files = await readdir(awsFolder)
      const contents = await Promise.all(
        files.map(async (file) => [file, await readFile(join(awsFolder, file), 'utf8')]),
      )
      const { identities, roles, profiles, sessions } = app
      const lists = [identities, roles, profiles, sessions].map((service): unknown => service.list())
      return { contents, lists }
    },
    async end() {
      app.close()
      await account.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
