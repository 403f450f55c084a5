/** fast-check generators of AWS files: arbitrary bytes, and lines that are likely to trip a reader or an editor. */
import fc from 'fast-check'

const NAMES = [
  'default',
  'profile a',
  'profile b',
  'profile default',
  'a',
  'b',
  'sso-session s',
  'services x',
  'DEFAULT',
]
const KEYS = ['region', 'output', 'role_arn', 's3', 'Region', 'aws_access_key_id', 'x y', 'é']
const VALUES = [
  '',
  'us-east-1',
  'a = b',
  'v # note',
  'v #note',
  '#lead',
  'a:b',
  '"quoted"',
  'é',
  '\u00a0v\u00a0',
  '%(x)s',
]

const blanks = fc.constantFrom('', '', '', ' ', '  ', '\t')
const anyName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NAMES) },
  fc.stringMatching(/^[a-c "'\]#;.\\-]{0,8}$/),
  fc.string({ maxLength: 6 }),
)
const headerLine = fc
  .tuple(blanks, anyName, fc.constantFrom('', '', '', ' # note', ';note', ' ', 'x'))
  .map(([indent, name, tail]) => `${indent}[${name}]${tail}`)
const propertyLine = fc
  .tuple(blanks, fc.constantFrom(...KEYS), fc.constantFrom('=', ' = ', ' =', ': ', ' '), fc.constantFrom(...VALUES))
  .map((parts) => parts.join(''))
const oddLine = fc.oneof(
  fc.constantFrom('', '', '# comment', '  ; comment', '   ', '[open', 'junk', '= v', '  indented', '  k = v'),
  fc.string({ maxLength: 12 }),
)
const anyLine = fc.oneof({ weight: 2, arbitrary: headerLine }, { weight: 4, arbitrary: propertyLine }, oddLine)
const anyEnding = fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', '\r')

/** Text of a file with anything in it, valid UTF-8. */
export const fileText = fc
  .tuple(
    fc.constantFrom('', '', '', '', '', '\ufeff'),
    fc.array(fc.tuple(anyLine, anyEnding), { maxLength: 14 }),
    fc.boolean(),
  )
  .map(([bom, lines, isClosed]) => {
    const text = lines.map(([line, ending]) => line + ending).join('')
    return bom + (isClosed ? text : text.replace(/(?:\r\n|\r|\n)$/, ''))
  })

/** Bytes of a file: text as above, sometimes cut, sometimes not text at all. */
export const fileBytes = fc.oneof(
  { weight: 3, arbitrary: fileText.map((text) => Buffer.from(text)) },
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(fileText, fc.uint8Array({ maxLength: 3 })).map(([text, tail]) => Buffer.concat([Buffer.from(text), tail])),
)

const tameName = fc.constantFrom('alpha', 'beta', 'gamma', 'delta.x', 'e@f')
const tameLines = fc.array(
  fc.oneof(
    fc.constantFrom('# a comment', '; another', '', 's3 =\n  addressing_style = path\n  max = 3', 'output=json'),
    fc.constantFrom('region = eu-west-1', 'role_arn = arn:aws:iam::123456789012:role/x', 'source_profile = alpha'),
  ),
  { maxLength: 5 },
)

/** Text of a config file that every SDK accepts: distinct sections, distinct keys, one line ending. */
export const acceptedConfig = fc
  .tuple(
    fc.uniqueArray(fc.tuple(tameName, tameLines), { selector: ([name]) => name, maxLength: 5 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
    fc.constantFrom('', '# preamble\n', '\n'),
  )
  .map(([sections, ending, isClosed, preamble]) => {
    const body = sections.map(
      ([name, lines]) =>
        `[profile ${name}]\n${withoutRepeats(lines)
          .map((line) => `${line}\n`)
          .join('')}`,
    )
    const text = (preamble + body.join('\n')).replaceAll('\n', ending)
    return isClosed ? text : text.replace(/\r?\n$/, '')
  })

function withoutRepeats(lines: readonly string[]): string[] {
  const seen = new Set<string>()
  return lines.filter((line) => {
    const key = line.split(/ ?=/)[0] ?? ''
    if (!line.includes('=')) return true
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
