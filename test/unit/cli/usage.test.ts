/** Wrong usage: exit 2, the one format, a suggestion, nothing on stdout, and no value that may be a secret. */
import { describe, expect, it } from 'vitest'
import { runMain } from './support.ts'

describe('wrong usage', () => {
  it.each([
    { words: ['roel', 'list'], message: 'Unknown command roel.', hint: 'Did you mean role?' },
    { words: ['role', 'lst'], message: 'Unknown command lst.', hint: 'Did you mean list?' },
    { words: ['dance'], message: 'Unknown command dance.', hint: 'See hallpass --help.' },
    { words: ['help', 'role', 'remove', 'x'], message: 'Unknown command role remove x.', hint: 'See hallpass --help.' },
    { words: ['help', 'nosuch'], message: 'Unknown command nosuch.', hint: 'See hallpass --help.' },
    { words: ['role', 'list', '--jsn'], message: 'Unknown option --jsn.', hint: 'Did you mean --json?' },
    { words: ['identity', 'add', 'x', '-pwJalrXUtnFEMI'], message: 'Unknown option -p.', hint: 'identity add --help' },
    { words: ['role', 'show'], message: 'Missing required argument name.', hint: 'hallpass role show --help' },
    { words: ['role', 'show'], message: 'Missing required argument name.', hint: 'hallpass role list shows the names' },
    { words: ['assume'], message: 'Missing required argument name.', hint: 'Write hallpass assume NAME.' },
    { words: ['exec', 'prod'], message: 'Missing required argument command.', hint: 'hallpass exec --help' },
    { words: ['exec', 'prod'], message: 'Missing', hint: 'hallpass exec NAME -- bash' },
    { words: ['completion'], message: 'Missing required argument shell.', hint: 'Write hallpass completion SHELL.' },
    { words: ['ls'], message: 'Unknown command ls.', hint: 'Did you mean hallpass role list?' },
    { words: ['login', 'corp'], message: 'Unknown command login.', hint: 'hallpass sso login NAME' },
    { words: ['export', 'prod'], message: 'Unknown command export.', hint: 'hallpass assume NAME --format env' },
    { words: ['discover', 'corp'], message: 'Unknown command discover.', hint: 'Did you mean hallpass sso discover?' },
    { words: ['role', 'rm', 'x'], message: 'Unknown command rm.', hint: 'Did you mean remove?' },
    { words: ['identity', 'delete', 'x'], message: 'Unknown command delete.', hint: 'Did you mean remove?' },
    { words: ['constructor'], message: 'Unknown command constructor.', hint: 'See hallpass --help.' },
    { words: ['exec', 'prod', 'ls', '-l'], message: 'Unknown option -l.', hint: 'hallpass exec NAME -- COMMAND' },
    { words: ['assume', 'x', '--format', 'xml'], message: 'xml is invalid.', hint: 'hallpass assume --help' },
    { words: ['assume', 'x', '--duration', 'soon'], message: 'soon is not a duration.', hint: '1h30m' },
    { words: ['session', 'end'], message: 'Which session', hint: '--all' },
    { words: ['session', 'end', 'x', '--all'], message: 'not both', hint: '--all' },
    { words: ['role', 'add', 'x'], message: 'A role needs --arn.', hint: 'role add --help' },
    {
      words: ['role', 'add', 'x', '--arn', 'a', '--from', 'b', '--tag', 'k'],
      message: 'no value',
      hint: '--tag key=value',
    },
    { words: ['role', 'edit', 'x'], message: 'Nothing to change.', hint: 'role edit --help' },
    { words: ['identity', 'edit', 'x'], message: 'Nothing to change.', hint: 'identity edit --help' },
    { words: ['practice', '--port', '70000'], message: '70000 is not a port.', hint: '65535' },
  ])('$words', async ({ words, message, hint }) => {
    const run = await runMain(words)
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    const lines = run.stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^hallpass: /)
    expect(lines[0]).toContain(message)
    expect(lines[1]).toMatch(/^ {2}try: /)
    expect(lines[1]).toContain(hint)
  })

  it('is two forms at once', async () => {
    const run = await runMain(['assume', 'x', '--json', '--format', 'env'])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(JSON.parse(run.stderr).error.message).toContain('not both possible')
  })

  it('help goes to any depth', async () => {
    const run = await runMain(['help', 'role', 'add'])
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(run.stdout).toMatch(/^Usage: hallpass role add /)
  })

  it('is one line of JSON with --json', async () => {
    const run = await runMain(['role', 'show', '--json'])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr.split('\n')).toHaveLength(2)
    expect(JSON.parse(run.stderr)).toEqual({
      error: { code: 'usage.invalid', message: 'Missing required argument name.', hint: expect.any(String) },
    })
  })

  it('takes --json after -- as part of the command to run', async () => {
    const run = await runMain(['exec', '--nope', '--', 'ls', '--json'])
    expect(run.stderr).toMatch(/^hallpass: /)
  })

  it.each([
    ['identity', 'add', 'x', '--secret-access-key', 'PLANTEDSECRET'],
    ['identity', 'add', 'x', '--secret-access-key=PLANTEDSECRET'],
    ['identity', 'add', 'x', '--secret=PLANTEDSECRET'],
    ['identity', 'add', 'x', '--anything=PLANTEDSECRET'],
    ['identity', 'add', 'x', 'PLANTEDSECRET'],
    ['identity', 'add', 'x', '--password', 'PLANTEDSECRET', '--json'],
  ])('never repeats what may be a secret: %s %s %s %s', async (...words) => {
    const run = await runMain(words)
    expect(run.exitCode).toBe(2)
    expect(run.stderr).not.toContain('PLANTEDSECRET')
  })

  it('says why a secret is not an option', async () => {
    const run = await runMain(['identity', 'add', 'x', '--secret-access-key', 's'])
    expect(run.stderr).toContain('other people on this machine can see arguments')
  })
})

describe('help', () => {
  it('goes to stdout when asked for, and shows examples', async () => {
    const run = await runMain(['role', 'add', '--help'])
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(run.stdout).toContain('Examples:')
    expect(run.stdout).toContain('hallpass role add prod --arn')
  })

  it('goes to stderr, with exit 2, when a command is missing', async () => {
    for (const words of [[], ['role']]) {
      const run = await runMain(words)
      expect(run).toMatchObject({ exitCode: 2, stdout: '' })
      expect(run.stderr).toContain('Usage: hallpass')
    }
  })

  it('has what is used every day first, and every command under a heading', async () => {
    const { stdout } = await runMain(['--help'])
    expect(stdout.match(/^\S.*:$/gm)).toEqual([
      'Options:',
      'Every day:',
      'Where credentials come from:',
      'Looking and mending:',
      'Emergencies:',
      'Around it:',
    ])
    expect(stdout.indexOf('  assume ')).toBeLessThan(stdout.indexOf('  identity '))
  })

  it('prints the version wherever it is asked for', async () => {
    expect(await runMain(['--version'])).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' })
  })

  it('has no colour without a terminal or with NO_COLOR', async () => {
    const wrong = ['nope']
    expect((await runMain(wrong)).stderr).not.toContain('\u001b')
    expect((await runMain(wrong, { columns: 80 })).stderr).toContain('\u001b')
    expect((await runMain(wrong, { columns: 80, env: { NO_COLOR: '1' } })).stderr).not.toContain('\u001b')
  })
})
