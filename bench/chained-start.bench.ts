// Starting a role that is assumed from another, with nothing cached, in this process: against the two AssumeRole calls
// themselves, made by the same client, with few roles in the store and with very many. Once with STS next door, where
// keychain and disk weigh as much as its answers, and once with STS as far away as the nearest region is at best.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSts } from '#core/aws/index.ts'
import { createHallpass } from '#core/create-hallpass.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { createLog } from '#core/log.ts'
import { openStore } from '#core/store/open-store.ts'
import { parseRoleArn } from '#shared/arn.ts'
import { median, report, reportRatio } from './measure.ts'
import type { ChainDescription } from './practice-chain.ts'
import { firstLine } from './processes.ts'

type Sts = ReturnType<typeof createSts>

const SIZES = [2, 100, 2_000, 100_000]
const ROUNDS = 40
const WARM_UP = 5
/** Milliseconds until STS answers. */
const LATENCIES = [0, 25]
const REGION = 'eu-west-1'

const folder = mkdtempSync(join(tmpdir(), 'hallpass-bench-'))
const practice = spawn(process.execPath, [join(import.meta.dirname, 'practice-chain.ts')], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
interface Filled {
  /** How many roles are in its store. */
  readonly size: number
  readonly hallpass: Hallpass
}

const opened: Hallpass[] = []
try {
  const account = await firstLine<ChainDescription>(practice)
  const stores: Filled[] = []
  for (const size of SIZES) stores.push({ size, hallpass: await fill(account, size) })
  const sts = createSts(account.environment)
  for (const latencyMs of LATENCIES) {
    await setLatency(account, latencyMs)
    await compare(sts, account, stores, latencyMs)
  }
} finally {
  for (const hallpass of opened) hallpass.close()
  practice.stdin.end()
  rmSync(folder, { recursive: true, force: true })
}

/** In turn, so that whatever else the machine does hits all alike. */
async function compare(
  sts: Sts,
  account: ChainDescription,
  stores: readonly Filled[],
  latencyMs: number,
): Promise<void> {
  const bare: number[] = []
  const times = new Map(stores.map(({ size }) => [size, [] as number[]]))
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const counts = round >= WARM_UP
    await timed(() => assumeBoth(sts, account), counts && bare)
    for (const { size, hallpass } of stores) {
      await hallpass.sessions.endAll()
      await timed(() => hallpass.sessions.credentials('inner'), counts && times.get(size))
    }
  }
  const where = `STS answering after ${latencyMs} ms`
  for (const [size, values] of times) {
    const name = `cold chained start, ${size.toLocaleString('en')} roles / two AssumeRole calls, ${where}`
    report(name, median(values), median(bare), 1.5)
  }
  const medians = [...times.values()].map(median)
  reportRatio(`cold chained start, slowest store / fastest, ${where}`, Math.max(...medians), Math.min(...medians), 1.2)
}

async function timed(work: () => Promise<unknown>, times: number[] | false | undefined): Promise<void> {
  const start = performance.now()
  await work()
  if (times) times.push(performance.now() - start)
}

/** What no client can do without: a call signed with the key, and one signed with what that gave. */
async function assumeBoth(sts: Sts, { user, outer, inner }: ChainDescription) {
  const about = { region: REGION, target: 'bench', caller: 'bench' }
  const first = await sts.assumeRole({ credentials: user, ...about }, { roleArn: outer, sessionName: 'bench' })
  return sts.assumeRole({ credentials: first, ...about }, { roleArn: inner, sessionName: 'bench' })
}

async function setLatency({ endpoint, controlToken }: ChainDescription, latencyMs: number): Promise<void> {
  const reply = await fetch(`${endpoint}/_practice/control`, {
    method: 'POST',
    headers: { authorization: `Bearer ${controlToken}` },
    body: JSON.stringify({ latencyMs }),
  })
  if (!reply.ok) throw new Error(`the practice account refused: ${reply.status}`)
}

/** A Hallpass with an identity, the chain, and as many other roles as it takes. */
async function fill({ user, outer, inner, environment }: ChainDescription, size: number): Promise<Hallpass> {
  const home = join(folder, `with-${size}`)
  const env = {
    HOME: process.env.HOME,
    ...environment,
    HALLPASS_HOME: home,
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
  }
  const hallpass = await createHallpass({
    env,
    command: [process.execPath],
    log: createLog(() => {}),
    mfaPrompt: () => Promise.reject(new Error('no role of this benchmark wants a code')),
  })
  opened.push(hallpass)
  const { accessKeyId, secretAccessKey } = user
  const { identity } = await hallpass.identities.add({ name: 'bench', accessKeyId, secretAccessKey, region: REGION })
  hallpass.roles.add({ name: 'outer', arn: outer, from: 'bench' })
  hallpass.roles.add({ name: 'inner', arn: inner, from: 'outer' })
  // Straight into the store: adding them one by one would be recorded one by one.
  const store = openStore({ file: join(home, 'hallpass.db') })
  store.transaction(() => {
    for (let number = 2; number < size; number++) {
      const arn = `arn:aws:iam::123456789012:role/team-${number}`
      const parsed = parseRoleArn(arn)
      if (!parsed) throw new Error(`${arn} is no ARN of a role`)
      store.roles.insert({
        id: `role-${number}`,
        name: `team-${number}`,
        arn,
        ...parsed,
        source: { kind: 'identity', id: identity.id, name: identity.name },
        // Some want MFA, as roles do: what looks for others behind the same device finds very many.
        settings: { mfa: number % 2 === 0 },
        createdAt: new Date().toISOString(),
      })
    }
  })
  store.close()
  return hallpass
}
