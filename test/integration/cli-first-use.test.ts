/** A tool that fires many calls at once, on a Hallpass that has never sealed a session. */
import { expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import { SANDBOX_ADMIN, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()

it('answers every one of eight processes that need the session key before there is one', async () => {
  const scenario = await startScenario(cli.entry)
  try {
    await scenario.addWork()
    await scenario.json(['role', 'add', 'sandbox', '--arn', SANDBOX_ADMIN, '--from', 'work', '--json'])
    const runs = await Promise.all(Array.from({ length: 8 }, () => scenario.run(['credential-process', 'sandbox'])))
    expect(runs.map(({ stderr }) => stderr).filter((text) => text !== '')).toEqual([])
    expect(runs.map(({ exitCode }) => exitCode)).toEqual(Array(8).fill(0))
    // One of the keys made at the same moment became the key; the sessions sealed with it are still to be opened.
    const again = await scenario.run(['credential-process', 'sandbox'])
    expect(runs.map(({ stdout }) => stdout)).toContain(again.stdout)
  } finally {
    await scenario.end()
  }
})
