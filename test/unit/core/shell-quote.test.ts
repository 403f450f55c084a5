import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoteForFish, quoteForPowershell, quoteForShell } from '#core/shell-quote.ts'

/** Any text but NUL, which no word can hold, and halves of characters, which no shell is given. */
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }).filter((text) => !text.includes('\0') && text.isWellFormed()),
  fc.stringMatching(/^[ '"$`\\;&|<>(){}*?!#~%=:@’‘\n\ta-z]{0,40}$/),
)

describe.each([
  ['bash', quoteForShell, ['--norc', '--noprofile']],
  ['zsh', quoteForShell, ['-f']],
  ['fish', quoteForFish, ['--no-config']],
] as const)('%s', (shell, quote, options) => {
  it('reads a quoted word back as it was', (context) => {
    const installed = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, shell)))
    if (!installed) return context.skip(`${shell} is not installed`)
    const check = (words: readonly string[]) => {
      const script = `printf '%s\\0' ${words.map((text) => `.${quote(text)}`).join(' ')}`
      const env = { PATH: process.env.PATH, HOME: '/nonexistent', LANG: 'C.UTF-8' }
      const output = execFileSync(shell, [...options, '-c', script], { encoding: 'utf8', env })
      expect(output.split('\0').slice(0, -1)).toEqual(words.map((text) => `.${text}`))
    }
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), check), { numRuns: 30 })
  })
})

describe('PowerShell, which is not here to ask', () => {
  it('has every kind of its single quotes doubled, and nothing else changed', () => {
    expect(quoteForPowershell('a\'b’c‘d‚e‛f $x `y "z"')).toBe("'a''b’’c‘‘d‚‚e‛‛f $x `y \"z\"'")
  })
})
