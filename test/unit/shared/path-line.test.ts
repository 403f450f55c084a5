// Lines for a PATH, run by the shells that are here, with folders that mean something to a shell.
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathLine } from '#shared/path-line.ts'

const NASTY = ['/home/dana/bin', '/a b/$HOME/`id`', '/it\'s/"here"', '/back\\slash\\', '/$(touch x)/;rm']

describe('pathLine', () => {
  it.each(NASTY)('puts %s first for sh, as it is', (folder) => {
    expect(firstFor(folder)).toBe(folder)
  })

  it('does so for any folder', () => {
    const folder = fc
      .string({ minLength: 1, maxLength: 40 })
      .filter((text) => !/[\0:]/.test(text) && !text.endsWith('\n'))
    fc.assert(
      fc.property(folder, (text) => {
        expect(firstFor(`/${text}`)).toBe(`/${text}`)
      }),
      { numRuns: 50 },
    )
  })

  it('doubles and escapes quotes as fish and PowerShell have it', () => {
    expect(pathLine("/it's\\x", 'fish')).toBe("fish_add_path '/it\\'s\\\\x'")
    expect(pathLine("C:\\it's", 'powershell')).toBe("$env:Path = 'C:\\it''s' + [IO.Path]::PathSeparator + $env:Path")
  })
})

/** What is first on the PATH once `sh` has run the line. */
function firstFor(folder: string): string {
  const { stdout } = spawnSync('/bin/sh', ['-c', `${pathLine(folder, 'env')}; printf %s "$PATH"`], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin' },
  })
  return stdout.replace(/:\/usr\/bin$/, '')
}
