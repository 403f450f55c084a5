/** The scripts as text: complete, made of what the parser understands, and in the form of their shells. */
import { describe, expect, it } from 'vitest'
import { COMMANDS, GROUPS } from '../../../../src/cli/commands/index.ts'
import { powershellCompletion } from '../../../../src/cli/shell/completion-powershell.ts'
import { type OutlineCommand, outlineCommands } from '../../../../src/cli/shell/outline.ts'
import { promptScript } from '../../../../src/cli/shell/prompt.ts'
import { SHELLS } from '../../../../src/cli/shell/shells.ts'
import { fillIn } from '../../../../src/cli/shell/template.ts'
import { makeHost, runMain } from '../support.ts'

const outline = outlineCommands(makeHost(), { groups: GROUPS, commands: COMMANDS })
const byPath = new Map(outline.map((command) => [command.path, command]))

describe('the outline', () => {
  it('has every command, with every option its help shows', async () => {
    expect([...byPath.keys()]).toEqual(expect.arrayContaining(COMMANDS.map(({ path }) => path.join(' '))))
    for (const { path } of COMMANDS) {
      const { stdout } = await runMain([...path, '--help'])
      const shown = Array.from(stdout.matchAll(/^ {2}(-.*?)(?: {2}|$)/gm), ([, flags = '']) => flags)
      const wanted = shown.flatMap((flags) => flags.split(/[ ,]+/).filter((word) => word.startsWith('-')))
      expect(byPath.get(path.join(' '))?.options.flatMap(({ flags }) => flags)).toEqual(wanted)
    }
  })

  it('knows what stands where', () => {
    const option = (path: string, flag: string) =>
      byPath.get(path)?.options.find(({ flags }) => flags.includes(flag))?.values
    expect(option('role add', '--environment')).toEqual(['prod', 'staging', 'dev', 'other'])
    expect(option('role add', '--from')).toBe('targets')
    expect(option('role add', '--policy')).toBe('files')
    expect(option('role add', '--mfa')).toBeUndefined()
    expect(option('role add', '--external-id')).toBe('nothing')
    expect(byPath.get('exec')?.arguments.map(({ values }) => values)).toEqual(['targets', 'command'])
    expect(byPath.get('role help')?.arguments[0]?.values).toEqual(['add', 'list', 'show', 'edit', 'remove'])
    expect(byPath.get('')?.children.map(({ name }) => name)).toContain('help')
  })

  it('completes a file wherever one is asked for', () => {
    for (const { path, options = [], arguments: args = [] } of COMMANDS) {
      for (const { flags, completes } of options)
        if (flags.includes('<file>')) expect([path, flags, completes]).toEqual([path, flags, 'files'])
      for (const { name, completes } of args)
        if (name === 'file') expect([path, name, completes]).toEqual([path, name, 'files'])
    }
  })

  it('has choices that need no quotes, since some shells keep them in one line', () => {
    const words = outline.flatMap(({ options, arguments: args }) =>
      [...options, ...args].flatMap(({ values }) => (Array.isArray(values) ? (values as string[]) : [])),
    )
    for (const word of words) expect(word).toMatch(/^[\w-]+$/)
  })
})

describe('PowerShell', () => {
  it('gets a table of every command, in its own notation', async () => {
    const { stdout } = await runMain(['completion', 'powershell'])
    for (const { path } of outline) expect(stdout).toContain(`\n  '${path}' = @{\n`)
    expect(stdout).toContain(
      "@{ Name = '--format'; About = 'print the credentials in this form'; Value = @('json', 'env', 'fish', 'powershell', 'dotenv') }",
    )
    expect(stdout).toContain("      , 'targets'\n      , 'command'\n")
    expect(stdout).toContain('Register-ArgumentCompleter -Native -CommandName hallpass')
  })

  it.each(['completion', 'prompt'])('gets a %s script whose brackets and quotes are closed', async (command) => {
    const { stdout } = await runMain([command, 'powershell'])
    expect(unclosed(stdout)).toEqual([])
  })

  it('is not misled by typographic quotes, which it takes for plain ones', () => {
    const odd: OutlineCommand = {
      path: 'odd',
      summary: 'odd',
      children: [],
      options: [{ flags: ['--x'], summary: "a role’s 'own' name", values: undefined, repeats: false }],
      arguments: [],
    }
    const script = powershellCompletion([odd])
    expect(script).toContain("About = 'a role’’s ''own'' name'; Value = $null")
    expect(unclosed(script)).toEqual([])
  })
})

describe('prompts', () => {
  it.each(SHELLS)('of %s know the state folder, whatever it is called', (shell) => {
    const script = promptScript(shell, "/it's a $folder")
    const quoted = { bash: "'/it'\\''s a $folder'", fish: "'/it\\'s a $folder'", powershell: "'/it''s a $folder'" }
    expect(script).toContain(shell === 'zsh' ? quoted.bash : quoted[shell])
    expect(script).not.toContain('#: ')
  })
})

it('a place in a script that nothing is made for is an error', () => {
  expect(fillIn('a\n  #: lines\nb\n', { lines: ['x', 'y\nz'] })).toBe('a\n  x\n  y\n  z\nb\n')
  expect(() => fillIn('#: other\n', {})).toThrow('nothing to fill in for other')
})

/** Reads PowerShell as far as strings, comments and brackets go. @returns what is still open at the end */
function unclosed(script: string): string[] {
  const open: string[] = []
  const pairs: Readonly<Record<string, string>> = { ')': '(', '}': '{', ']': '[' }
  for (let at = 0; at < script.length; at++) {
    const char = script.charAt(at)
    const inText = open.at(-1) === '"'
    if (/['‘’‚‛]/.test(char) && !inText) {
      const end = /^['‘’‚‛](?:[^'‘’‚‛]|['‘’‚‛]{2})*['‘’‚‛]/u.exec(script.slice(at))
      if (!end) return [...open, char]
      at += end[0].length - 1
    } else if (char === '"') {
      if (inText) open.pop()
      else open.push('"')
    } else if (inText) {
      if (char === '`') at++
      // Only $( leads out of a string, until its own end.
      else if (char === '$' && script.charAt(at + 1) === '(') {
        open.push('(')
        at++
      }
    } else if (char === '#') at = (script.indexOf('\n', at) + script.length + 1) % (script.length + 1)
    else if ('({['.includes(char)) open.push(char)
    else if (char in pairs && open.pop() !== pairs[char]) return [...open, `${char} at ${at}`]
  }
  return open
}
