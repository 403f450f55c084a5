/**
 * Moving plaintext keys out of the AWS files, killed by SIGKILL whenever a file changes. At no moment is a key anywhere but
 * in its file or in the vault, working; running it again ends where an undisturbed run does.
 */
import { type FSWatcher, watch } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { scanFolders } from '../support/secret-scan.ts'
import { builtCli } from './cli-support/built.ts'
import { DANA, PROD_READ_ONLY, type Scenario, startScenario } from './cli-support/scenario.ts'

const MOVE = ['import', 'aws-files', '--move-keys', '--json']
const USERS = { default: DANA, deploy: 'deploy-bot' }
/** A kill at every change would take minutes; these are spread over all of them. */
const KILLS = 16

const cli = builtCli()
const identitiesSchema = z.array(z.object({ name: z.string(), accessKeyId: z.string().optional() }))

interface Home {
  readonly scenario: Scenario
  readonly credentialsFile: string
}

async function inHome(work: (home: Home) => Promise<void>): Promise<void> {
  const scenario = await startScenario(cli.entry)
  try {
    const credentialsFile = scenario.env.AWS_SHARED_CREDENTIALS_FILE ?? ''
    const sections = Object.entries(USERS).map(([profile, name]) => {
      const { accessKeyId, secretAccessKey } = scenario.account.user(name)
      return `[${profile}]\n# since 2019\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
    })
    await writeFile(credentialsFile, sections.join('\n'), { mode: 0o600 })
    await writeFile(
      scenario.configFile,
      `# mine\n[default]\nregion = eu-west-1\n\n[profile read]\nrole_arn = ${PROD_READ_ONLY}\nsource_profile = default\n`,
    )
    await work({ scenario, credentialsFile })
  } finally {
    await scenario.end()
  }
}

/** Every change below the folders of the state and of the AWS files. */
function watchFiles({ scenario }: Home, onChange: () => void): () => void {
  const folders = [scenario.env.HALLPASS_HOME ?? '', `${scenario.folder}/aws`]
  const watchers: FSWatcher[] = folders.map((folder) => watch(folder, onChange))
  return () => {
    for (const watcher of watchers) watcher.close()
  }
}

/** Moves the keys, and kills that at the change of that number. @returns how many changes there were */
async function move(home: Home, killAt = Number.POSITIVE_INFINITY): Promise<number> {
  let changes = 0
  let kill = (): void => {}
  const stop = watchFiles(home, () => {
    changes += 1
    if (changes === killAt) kill()
  })
  try {
    const run = await home.scenario.run(MOVE, {
      onStart: (child) => {
        kill = () => child.kill('SIGKILL')
      },
    })
    if (run.exitCode !== null) expect(run, run.stderr).toMatchObject({ exitCode: 0 })
  } finally {
    stop()
  }
  return changes
}

/** Of each key, where it can be had: it must be somewhere. */
async function placesOf({ scenario, credentialsFile }: Home): Promise<Record<string, string[]>> {
  const text = await readFile(credentialsFile, 'utf8')
  const identities = identitiesSchema.parse(await scenario.json(['identity', 'list', '--json']))
  const places: Record<string, string[]> = {}
  for (const name of Object.values(USERS)) {
    const { accessKeyId, secretAccessKey } = scenario.account.user(name)
    const stored = identities.find((identity) => identity.accessKeyId === accessKeyId)
    const works = stored && (await scenario.run(['identity', 'test', stored.name])).exitCode === 0
    const isInFile = text.includes(`aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`)
    places[name] = [...(isInFile ? ['file'] : []), ...(works ? ['vault'] : [])]
  }
  return places
}

/** What is the same after every run that came to its end. */
async function outcomeOf({ scenario, credentialsFile }: Home) {
  const fields = z.array(z.object({ name: z.string(), profile: z.string().optional() }))
  const lists = ['identity', 'role', 'profile'].map(async (kind) =>
    fields.parse(await scenario.json([kind, 'list', '--json'])),
  )
  const files = [scenario.configFile, credentialsFile].map((file) => readFile(file, 'utf8'))
  const text = (await Promise.all(files)).join('\n').replaceAll(scenario.folder, '')
  return { lists: await Promise.all(lists), text }
}

describe('moving keys out of the AWS files', () => {
  it('loses none of them, whenever it is killed', { timeout: 300_000 }, async () => {
    let changes = 0
    let whole: unknown
    await inHome(async (home) => {
      changes = await move(home)
      whole = await outcomeOf(home)
      expect(await placesOf(home)).toEqual({ [DANA]: ['vault'], 'deploy-bot': ['vault'] })
      // What starts from a moved key is still known for what it is.
      const again = (await home.scenario.json(MOVE)) as { items: { profile: string; outcome: string }[] }
      expect(again.items).toContainEqual(expect.objectContaining({ profile: 'read', outcome: 'known' }))
    })
    expect(changes).toBeGreaterThan(KILLS)

    const seen = new Set<string>()
    for (let kill = 0; kill < KILLS; kill += 1) {
      await inHome(async (home) => {
        const at = 1 + Math.round((kill * (changes - 1)) / (KILLS - 1))
        await move(home, at)
        const places = await placesOf(home)
        for (const [name, found] of Object.entries(places)) {
          expect(found, `${name}, killed at change ${at} of ${changes}`).not.toEqual([])
          seen.add(found.join(' and '))
        }
        await move(home)
        expect(await outcomeOf(home), `killed at change ${at} of ${changes}`).toEqual(whole)
        const secrets = Object.values(USERS).map((name) => [name, home.scenario.account.user(name).secretAccessKey])
        expect(scanFolders([home.scenario.folder], Object.fromEntries(secrets)).hits).toEqual([])
      })
    }
    // The kills came before, amid and after: else they proved little.
    expect([...seen].sort()).toEqual(['file', 'file and vault', 'vault'])
  })
})
