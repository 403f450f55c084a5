/** AWS folders that can't be written, on real file systems: read-only, and full. Each is said, and nothing changes. */
import { spawnSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import { runProgram } from './cli-support/run.ts'
import { SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const canMount = spawnSync('unshare', ['-m', 'true']).status === 0
if (!canMount) process.stderr.write('skipped: read-only and full disks (mounting needs Linux and root)\n')

/** Mounts a small file system on $1 in a name space of its own, puts a config there, spoils it, runs the rest. */
const SCRIPT = `
folder=$1; spoil=$2; shift 2
mount -t tmpfs -o size=32k tmpfs "$folder"
printf '# mine\\n[profile other]\\nregion = us-west-2\\n' > "$folder/config"
case $spoil in
  full) cat /dev/zero > "$folder/filler" 2>/dev/null ;;
  read-only) mount -o remount,ro "$folder" ;;
esac
"$@"; code=$?
cat "$folder/config" >&2; ls -A "$folder" >&2
exit $code
`

describe.skipIf(!canMount)('an AWS folder that is', () => {
  const cli = builtCli()
  let scenario: Scenario
  let folder: string

  beforeAll(async () => {
    scenario = await startScenario(cli.entry)
    await scenario.addWork()
    await scenario.json(['role', 'add', 'sandbox', '--arn', SANDBOX_ADMIN, '--from', 'work', '--json'])
    folder = join(scenario.folder, 'mounted')
    await mkdir(folder)
  })
  afterAll(async () => {
    await scenario?.end()
  })

  it.each([
    ['read-only', 'file.permission', ['config']],
    ['full', 'file.disk-full', ['config', 'filler']],
  ])('%s: %s', async (spoil, code, files) => {
    const before = await scenario.snapshot()
    const words = [process.execPath, cli.entry, 'profile', 'write', 'sandbox', '--json']
    const run = await runProgram('unshare', ['-m', 'sh', '-c', SCRIPT, 'sh', folder, spoil, ...words], {
      env: {
        ...scenario.env,
        AWS_CONFIG_FILE: join(folder, 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      },
    })
    const [error = '', ...after] = run.stderr.trimEnd().split('\n')
    expect(run).toMatchObject({ exitCode: 1, stdout: '' })
    expect(JSON.parse(error)).toMatchObject({ error: { code, hint: expect.any(String) } })
    expect(after).toEqual(['# mine', '[profile other]', 'region = us-west-2', ...files])
    expect(await scenario.snapshot()).toEqual(before)
  })
})
