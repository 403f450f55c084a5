import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
const isDebian = /^ID=debian$/m.test(release)
const codename = /^VERSION_CODENAME=(\w+)/m.exec(release)?.[1] ?? ''

/** Asks for a suite on a machine whose apt-get is a script. */
function fetchWith(aptGet: string) {
  const folder = mkdtempSync(join(tmpdir(), 'apt-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'apt-get'), `#!/bin/sh\n${aptGet}\n`, { mode: 0o755 })
  const script = join(root, 'scripts/newest-aws-cli.mjs')
  const run = spawnSync(process.execPath, [script, 'no-such-suite'], { encoding: 'utf8', env: { PATH: folder } })
  return { status: run.status, stdout: run.stdout, stderr: run.stderr.trim() }
}

it('says why there is none where apt knows no mirror', () => {
  const why = isDebian ? 'apt knows no mirror of this Debian' : 'this is no Debian'
  expect(fetchWith('exit 1')).toEqual({ status: 1, stdout: '', stderr: why })
})

it.runIf(isDebian)('says why there is none where the mirror can’t be reached, and leaves nothing behind', () => {
  const script = `[ "$1" = indextargets ] && echo "http://127.0.0.1:9/debian/ ${codename} main" && exit 0
echo 'E: Could not connect' >&2
exit 100`
  expect(fetchWith(script)).toEqual({ status: 1, stdout: '', stderr: 'apt-get failed: E: Could not connect' })
  expect(existsSync(join(root, 'node_modules/.cache/aws-cli/no-such-suite'))).toBe(false)
})
