/** fast-check generators of AWS files: arbitrary bytes, and lines that are likely to trip a reader or an editor. */
import fc from 'fast-check'

const NAMES = [
  'default',
  'profile a',
  'profile b',
  'profile default',
  'profile "a"',
  "profile 'my team'",
  'profile\ta',
  'profile  a',
  'profile.a',
  'profilefoo a',
  'a',
  'b',
  'a b c',
  'sso-session s',
  'sso-session.s',
  'sso-session toString',
  'services x',
  'DEFAULT',
  'DEFAULT ',
  'profile DEFAULT',
  'profile constructor',
  'toString',
  'profile "__proto__"',
  'profile __proto__',
  '__proto__',
  'profile prod-é',
  'profile 本番',
  'profile \u00a0a',
  ' a ',
]
const KEYS = [
  'region',
  'output',
  'role_arn',
  's3',
  'Region',
  'aws_access_key_id',
  'x y',
  'é',
  'É',
  'İ',
  'ΑΣ',
  'name',
  'constructor',
  '__proto__',
  's3.x',
  '1',
  '[k',
  'k]',
  '"q"',
]
const VALUES = [
  '',
  'us-east-1',
  'a = b',
  'v # note',
  'v #note',
  'v\t;note',
  'v\u00a0# note',
  '#lead',
  'a:b',
  ':',
  '=',
  '"quoted"',
  'é',
  '\u00a0v\u00a0',
  '\u3000v\u2003',
  '\ufeffv\ufeff',
  '\x1cv\x1f',
  '\x85v\x85',
  'v\u2028w',
  'v\fw\v',
  'a\\',
  'a\0b',
  '%(x)s',
  '%',
  'x]',
  'long '.repeat(60),
]

const blanks = fc.constantFrom('', '', '', '', ' ', '  ', '    ', '\t', '\f', '\u00a0', '\u2003', '\x1c', '\ufeff')
const anyName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...NAMES) },
  fc.stringMatching(/^[a-c "'\]#;.\\\t-]{0,8}$/),
  fc.stringMatching(/^(?:profile|sso-session|services)[ \t]{1,2}[a-b "'.\\/:%-]{0,5}$/),
  fc.string({ maxLength: 6, unit: 'binary' }),
)
const headerLine = fc
  .tuple(blanks, anyName, fc.constantFrom('', '', '', '', ' # note', ';note', '# ]', ' ; ]', ' ', 'x', ' k = v', ']'))
  .map(([indent, name, tail]) => `${indent}[${name}]${tail}`)
const propertyLine = fc
  .tuple(
    blanks,
    fc.constantFrom(...KEYS),
    fc.constantFrom('=', '=', ' = ', ' = ', ' =', ': ', ' ', '\u00a0=\u00a0', '\x1c= '),
    fc.constantFrom(...VALUES),
  )
  .map((parts) => parts.join(''))
const oddLine = fc.oneof(
  fc.constantFrom('', '', '# comment', '  ; comment', '   ', '\f', '\u00a0', '\x1c', '[open', 'junk', '= v', ': v'),
  fc.constantFrom('  indented', '  k = v', '  x y = 1', '  = v', '\tk =', '  [profile c]', '[]', '[ ]', '\u00a0# c'),
  fc.string({ maxLength: 12 }),
  fc.string({ maxLength: 12, unit: 'binary' }),
)
/** Lines that no reader objects to. */
const tameLine = fc.constantFrom(
  '',
  '# comment',
  'x = 1',
  'y = 2',
  'z = 3',
  's3 =',
  '  a = b',
  '  c = d',
  'u =',
  'w = v # n',
)
const anyLine = fc.oneof(
  { weight: 2, arbitrary: headerLine },
  { weight: 3, arbitrary: propertyLine },
  { weight: 3, arbitrary: tameLine },
  oddLine,
)
const anyEnding = fc.constantFrom('\n', '\n', '\n', '\n', '\n', '\r\n', '\r')

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

const plainLine = fc.constantFrom('', '', '  ', '# comment', '; comment', '  # c', '\u00a0', '\x1c', '\f')
const propertyBlock = fc
  .tuple(
    fc.constantFrom(...KEYS),
    fc.constantFrom('=', ' = ', ' = ', ': ', '\t=\t', '\u00a0=\u00a0'),
    fc.constantFrom('', ...VALUES),
    fc.array(
      fc.constantFrom('  a = b', '    c = d # e', '\tf =', '', '  # c', '  = g', '  h = i\u2028j = k', '  [profile c]'),
      {
        maxLength: 3,
      },
    ),
  )
  .map(([key, delimiter, value, more]) => ({ key: key.toLowerCase(), lines: [key + delimiter + value, ...more] }))
const sectionBlock = fc
  .tuple(
    anyName,
    fc.constantFrom('', '', '', ' # note', ';note', ' '),
    fc.array(plainLine, { maxLength: 2 }),
    fc.uniqueArray(propertyBlock, { selector: ({ key }) => key, maxLength: 4 }),
    fc.constantFrom('', '', '', ' ', '\t', '\u2003'),
  )
  .map(([name, tail, plain, properties, indent]) => ({
    name,
    lines: [`[${name}]${tail}`, ...plain, ...properties.flatMap(({ lines }) => lines)].map((line) => indent + line),
  }))

/** Text that botocore mostly accepts, with everything in it that it does not reject: distinct sections, distinct keys. */
export const readableText = fc
  .tuple(
    fc.array(plainLine, { maxLength: 2 }),
    fc.uniqueArray(sectionBlock, { selector: ({ name }) => name, maxLength: 5 }),
    fc.array(anyEnding, { minLength: 1, maxLength: 7 }),
    fc.boolean(),
  )
  .map(([preamble, sections, endings, isClosed]) => {
    const lines = [...preamble, ...sections.flatMap(({ lines }) => lines)]
    const text = lines.map((line, index) => line + endings[index % endings.length]).join('')
    return isClosed ? text : text.replace(/(?:\r\n|\r|\n)$/, '')
  })

/** Bytes of a file: text as above, sometimes cut, sometimes not text at all. */
export const fileBytes = fc.oneof(
  { weight: 3, arbitrary: fileText.map((text) => Buffer.from(text)) },
  { weight: 3, arbitrary: readableText.map((text) => Buffer.from(text)) },
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

/** A section as Hallpass writes it, as a person may have left it since. */
const ownBlock = fc
  .tuple(
    fc.constantFrom('dev', 'a', 'b', 'x.y', 'alpha', 'new-1', 'new-2', 'new-3', 'new-4'),
    fc.constantFrom('', '', '', '', '', '', ' # note', ' '),
    fc.constantFrom(' = ', ' = ', ' = ', '=', ': ', '  =  '),
    fc.constantFrom('eu-west-1', 'eu-west-1', 'r-2', '', 'eu-west-1\n  more', 'eu-west-1\n  [profile c]'),
    fc.constantFrom('all', 'all', 'all', 'all', 'no-marker', 'no-command', 'no-region', 'marker', 'turned'),
    fc.array(
      fc.tuple(
        fc.nat(5),
        fc.oneof(
          fc.constantFrom('# mine', '; mine', '', '  ', 'output = json', 'cli_pager=', '  # c', 'junk', 'region = x'),
          fc.constantFrom('s3 =\n  a = b'),
        ),
      ),
      { maxLength: 2 },
    ),
    fc.constantFrom(0, 1, 1, 1, 1, 2),
    fc.constantFrom('', '', '', '', '', '', ' '),
  )
  .map(([name, tail, is, region, parts, extras, gap, indent]) => {
    const marker = `# Managed by Hallpass (hallpass profile remove ${name})`
    const command = `credential_process${is}"/opt/state/bin/hallpass" credential-process "${name}"`
    const place = `region${is}${region}`
    const lines = {
      all: [marker, command, place],
      'no-marker': [command, place],
      'no-command': [marker, place],
      'no-region': [marker, command],
      marker: [marker],
      turned: [marker, place, command],
    }[parts]
    for (const [at, line] of extras) lines.splice(Math.min(at, lines.length), 0, line)
    return { name, lines: [`${indent}[profile ${name}]${tail}`, ...lines, ...Array<string>(gap).fill('')] }
  })

const userBlock = fc
  .tuple(tameName, tameLines)
  .map(([name, lines]) => ({ name, lines: [`[profile ${name}]`, ...withoutRepeats(lines), ''] }))

/** A config file with sections of Hallpass's among those of a person, who has edited both. */
export const editedOwnConfig = fc
  .tuple(
    fc.constantFrom([], [], ['# mine', ''], [''], ['\ufeff']),
    fc.array(
      fc.record({
        block: fc.oneof({ weight: 4, arbitrary: ownBlock }, userBlock),
        /** Of its lines: all, or those with such a number. */
        oddLines: fc.constantFrom(0, 0, 0, 0, 0, 1, 2, 3),
      }),
      { maxLength: 7, size: 'max' },
    ),
    fc.constantFrom(true, true, true, true, false),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.constantFrom('\n', '\r\n', '\r\n', '\r'),
    fc.constantFrom(true, true, true, false),
  )
  .map(([start, blocks, isDistinct, usual, unusual, isClosed]) => {
    const kept = blocks.filter(
      ({ block: { name } }, index) => !isDistinct || blocks.findIndex(({ block }) => block.name === name) === index,
    )
    const text = kept.flatMap(({ block, oddLines }) =>
      block.lines
        .flatMap((line) => line.split('\n'))
        .map((line, index) => line + (oddLines > 0 && index % oddLines === 0 ? unusual : usual)),
    )
    const whole = [...start.map((line) => line + usual), ...text].join('')
    return isClosed ? whole : whole.replace(/(?:\r\n|\n|\r)+$/, '')
  })
