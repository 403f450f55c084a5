/** Links from outside: whatever is sent, it is a name that a role can have, or a refusal that repeats nothing of it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkInArguments, parseDeepLink } from '#core/desktop/deep-link.ts'
import { HallpassError } from '#shared/errors.ts'
import { nameField } from '#shared/fields.ts'
import { deepLinkSchema } from '#shared/ipc.ts'
import { FUZZ_TIMEOUT, RUNS } from './support/runs.ts'

const NAME_CHARACTERS = [...'abzAZ09_.@+=,:/ -']
const name = fc
  .array(fc.constantFrom(...NAME_CHARACTERS), { minLength: 1, maxLength: 64 })
  .map((characters) => characters.join(''))
  .filter((text) => nameField.safeParse(text).success)

/** Links, nearly links, and anything. */
const piece = fc.oneof(
  fc.constantFrom(
    'hallpass:',
    '//',
    'role',
    'console',
    '/',
    '?',
    'via=',
    'sign-in',
    'switch-role',
    '&',
    '#',
    '%',
    '..',
  ),
  fc.constantFrom('%2f', '%00', '%0a', '%e2%80%ae', '\0', '\n', '\u202e', ' ', '"', '@', ':', 'a'),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const nearLink = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
const rest = fc.oneof(nearLink, fc.string({ unit: 'binary', maxLength: 400 }))
const anything = fc.oneof(
  rest,
  fc.tuple(fc.constantFrom('hallpass://role/', 'hallpass://console/'), rest).map((both) => both.join('')),
)

describe('links from outside', () => {
  it(
    'name a role of a possible name, or are refused without a word of theirs',
    () => {
      fc.assert(
        fc.property(anything, (text) => {
          try {
            const link = parseDeepLink(text)
            expect(nameField.safeParse(link.name).success).toBe(true)
            expect(deepLinkSchema.parse(link)).toEqual(link)
            expect(text.startsWith(`hallpass://${link.kind}/`)).toBe(true)
          } catch (error) {
            if (!(error instanceof HallpassError)) throw error
            expect(error.code).toBe('link.invalid')
            expect(KNOWN_REFUSALS).toContain(error.message)
          }
        }),
        { numRuns: RUNS },
      )
    },
    FUZZ_TIMEOUT,
  )

  it(
    'are found again for every name, however it is encoded',
    () => {
      const encodings = [encodeURIComponent, (text: string) => text.replaceAll(/./g, percent)]
      fc.assert(
        fc.property(name, fc.constantFrom(...encodings), fc.constantFrom('switch-role', 'sign-in'), (text, to, via) => {
          expect(parseDeepLink(`hallpass://role/${to(text)}`)).toEqual({ kind: 'role', name: text })
          const link = `hallpass://console/${to(text)}?via=${via}`
          expect(parseDeepLink(link)).toEqual({ kind: 'console', name: text, via })
          expect(linkInArguments(['/opt/Hallpass', '--switch', link])).toBe(link)
        }),
        { numRuns: RUNS },
      )
    },
    FUZZ_TIMEOUT,
  )
})

const KNOWN_REFUSALS = [
  'it is too long',
  'it has characters that no link has',
  'it is none that Hallpass knows',
  'the name in it is not readable',
  'what it names can’t be the name of a role',
].map((why) => `Hallpass can’t follow this link: ${why}.`)

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
