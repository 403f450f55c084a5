/** The shim as AWS tools run it: through a shell, through Python's splitter, with any characters in its paths. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { credentialProcessLine, ensureShim } from '#core/awsfiles/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shim '))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const SHOW = 'console.log(JSON.stringify([process.env.HALLPASS_HOME, ...process.argv.slice(2)]))'

function makeProgram(name: string): string[] {
  const program = join(folder, name, 'cli.cjs')
  mkdirSync(join(program, '..'), { recursive: true })
  writeFileSync(program, SHOW)
  return [process.execPath, program]
}

const run = (shim: string, words: string[]) => spawnSync(shim, words, { encoding: 'utf8' })

describe.skipIf(process.platform === 'win32')('the shim', () => {
  it.each(['plain', 'it\'s $HOME `x` "y" \\ z', 'ünïcode ✓', 'a\nb'])(
    'runs the program in a folder named %j',
    async (name) => {
      const home = join(folder, name, 'home')
      const shim = await ensureShim({ home, command: makeProgram(name) })
      const words = ['credential-process', 'a b', '', "it's"]
      expect(JSON.parse(run(shim, words).stdout)).toEqual([home, ...words])
    },
  )

  it('keeps its path when the app moves', async () => {
    const home = join(folder, 'home')
    const first = await ensureShim({ home, command: makeProgram('one') })
    const { ino } = statSync(first)
    expect(await ensureShim({ home, command: makeProgram('one') })).toBe(first)
    expect(statSync(first).ino).toBe(ino)
    expect(await ensureShim({ home, command: makeProgram('two') })).toBe(first)
    expect(statSync(first).ino).not.toBe(ino)
    expect(run(first, ['x']).status).toBe(0)
  })

  it('lets nothing in the environment turn on a debugger, other code, or talk about what is sent', async () => {
    const shim = await ensureShim({ home: join(folder, 'home'), command: makeProgram('one') })
    const planted = join(folder, 'planted.cjs')
    writeFileSync(planted, 'console.log("planted")')
    const env = { NODE_OPTIONS: `--require ${JSON.stringify(planted)}`, NODE_DEBUG: 'module', NODE_PATH: folder }
    const ended = spawnSync(shim, [], { encoding: 'utf8', env: { ...process.env, ...env } })
    expect(ended).toMatchObject({ status: 0, stderr: '' })
    expect(ended.stdout).not.toContain('planted')
  })

  it.skipIf(process.platform !== 'linux')(
    'leaves no core dump, and lets a child ask for one (the limit is in /proc)',
    async () => {
      const program = join(folder, 'limits.cjs')
      writeFileSync(program, 'console.log(require("fs").readFileSync("/proc/self/limits", "utf8"))')
      const shim = await ensureShim({ home: join(folder, 'home'), command: [process.execPath, program] })
      const limits = (words: string[]) => {
        const ended = spawnSync('sh', ['-c', 'ulimit -S -c "$(ulimit -H -c)"; exec "$@"', 'sh', ...words], {
          encoding: 'utf8',
        })
        return /Max core file size\s+(\S+)\s+(\S+)/.exec(ended.stdout)?.slice(1)
      }
      const [, hard] = limits([process.execPath, program]) ?? []
      expect(hard).toBeDefined()
      expect(limits([shim])).toEqual(['0', hard])
    },
  )

  it('becomes executable again', async () => {
    const home = join(folder, 'home')
    const shim = await ensureShim({ home, command: makeProgram('one') })
    chmodSync(shim, 0o600)
    await ensureShim({ home, command: makeProgram('one') })
    expect(statSync(shim).mode & 0o777).toBe(0o755)
  })

  it('says what to do when the program is gone, on stderr only', async () => {
    const shim = await ensureShim({ home: join(folder, 'home'), command: [join(folder, 'gone'), 'x'] })
    expect(run(shim, [])).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('Open it once') })
  })

  it.each(['sh', 'python3'])('is found by its credential_process line through %s', async (tool) => {
    const home = join(folder, 'my home')
    const shim = await ensureShim({ home, command: makeProgram('one') })
    const line = credentialProcessLine(shim, 'a = b, c: d/e@f+g')
    const split = 'import shlex,subprocess,sys; print(subprocess.check_output(shlex.split(sys.argv[1])).decode())'
    const result = tool === 'sh' ? run('/bin/sh', ['-c', line]) : run('python3', ['-c', split, line])
    expect(JSON.parse(result.stdout)).toEqual([home, 'credential-process', 'a = b, c: d/e@f+g'])
  })
})

describe('the Windows shim', () => {
  it('is a batch file that passes every argument on', async () => {
    const shim = await ensureShim({
      home: folder,
      command: ['C:\\a b\\node.exe', 'C:\\100%\\cli.cjs'],
      platform: 'win32',
    })
    expect(shim).toBe(join(folder, 'bin', 'hallpass.cmd'))
    expect(readFileSync(shim, 'utf8')).toContain('"C:\\a b\\node.exe" "C:\\100%%\\cli.cjs" %*\r\n')
  })
})
