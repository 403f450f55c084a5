import { describe, expect, it } from 'vitest'
import {
  type AwsFileDocument,
  findSections,
  parseDocument,
  printDocument,
  propertiesOf,
} from '#core/awsfiles/document.ts'
import { removeEmptySection, removeProperties, setLeadingComment, setProperties } from '#core/awsfiles/document-edit.ts'

const parse = (text: string) => parseDocument(Buffer.from(text))
const print = (document: AwsFileDocument) => printDocument(document).toString()
const section = (document: AwsFileDocument, name: string) => {
  const [found] = findSections(document, name)
  if (!found) throw new Error(`no section ${name}`)
  return found
}

describe('parsing and printing', () => {
  it.each([
    ['a missing last newline', '[default]\nregion = x'],
    ['mixed line endings', '[a]\r\nx = 1\ny = 2\rz = 3\n\n'],
    ['a byte order mark', '\ufeff[default]\nregion = x\n'],
    ['junk', 'hello\n[open\n= v\n[a]\nno delimiter\n'],
    ['nothing', ''],
  ])('keeps %s', (_, text) => {
    expect(print(parse(text))).toBe(text)
  })

  it.each([
    ['# c', 'comment'],
    ['  ; c', 'comment'],
    ['\t ', 'blank'],
    ['[a] # note', 'header'],
    ['[open', 'junk'],
    ['key = v', 'property'],
    ['key: v', 'property'],
    ['= v', 'junk'],
    ['word', 'junk'],
  ])('takes %j for a %s', (line, kind) => {
    expect(parse(line).lines[0]?.kind).toBe(kind)
  })

  it('takes an indented line after a property for its continuation, even a bracketed one', () => {
    const document = parse('[a]\ns3 =\n  x = 1\n\n  [b]\nregion = r\n')
    expect(document.lines.map((line) => line.kind)).toEqual([
      'header',
      'property',
      'continuation',
      'blank',
      'continuation',
      'property',
    ])
    expect(propertiesOf(document, section(document, 'a'))).toEqual([
      { key: 's3', value: '\nx = 1\n[b]', line: 1, end: 5 },
      { key: 'region', value: 'r', line: 5, end: 6 },
    ])
  })

  it('reads sections that are indented alike', () => {
    const document = parse('  [a]\n  x = 1\n  [b]\n  y = 2\n')
    expect(document.sections.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it('reads 100,000 lines quickly and edits them in step with their number', () => {
    const text = Array.from(
      { length: 20_000 },
      (_, index) => `[profile p${index}]\nregion = r\noutput = json\n# c\n\n`,
    ).join('')
    const started = performance.now()
    const document = parse(text)
    const edited = setProperties(document, section(document, 'profile p19999'), [['region', 'new']])
    expect(document.lines.length).toBe(100_000)
    expect(print(edited)).toContain('[profile p19999]\nregion = new\n')
    // Quadratic work on 100,000 lines takes minutes; this leaves room for a busy machine.
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('setting properties', () => {
  it.each([
    ['replaces a value in place', '[a]\nregion = old\nx = 1\n', '[a]\nregion = new\nx = 1\n'],
    ['keeps tight spacing', '[a]\nregion=old\n', '[a]\nregion=new\n'],
    ['keeps CRLF', '[a]\r\nregion = old\r\n', '[a]\r\nregion = new\r\n'],
    ['keeps a missing last newline', '[a]\nregion = old', '[a]\nregion = new'],
    ['adds after the last property', '[a]\nx = 1\n\n# about b\n[b]\n', '[a]\nx = 1\nregion = new\n\n# about b\n[b]\n'],
    ['adds after a nested block', '[a]\ns3 =\n  x = 1\n[b]\n', '[a]\ns3 =\n  x = 1\nregion = new\n[b]\n'],
    ['adds in the style of the section', '[a]\n  x=1\n', '[a]\n  x=1\n  region=new\n'],
    ['adds with the ending of the file', '[a]\r\nx = 1\r\n', '[a]\r\nx = 1\r\nregion = new\r\n'],
    ['adds to an open last line', '[a]\nx = 1', '[a]\nx = 1\nregion = new'],
    ['keeps one of duplicate keys', '[a]\nregion = 1\nx = 1\nregion = 2\n', '[a]\nregion = new\nx = 1\n'],
    ['replaces continuation lines', '[a]\nregion = 1\n  2\nx = 1\n', '[a]\nregion = new\nx = 1\n'],
    ['writes keys in lower case with =', '[a]\nRegion: new\n', '[a]\nregion= new\n'],
  ])('%s', (_, before, after) => {
    const document = parse(before)
    expect(print(setProperties(document, section(document, 'a'), [['region', 'new']]))).toBe(after)
  })

  it('returns the same document when every value is there already', () => {
    const document = parse('[a]\nregion = new  \n')
    expect(setProperties(document, section(document, 'a'), [['region', 'new']])).toBe(document)
  })
})

describe('removing', () => {
  it('removes properties with their continuation lines', () => {
    const document = parse('[a]\nx = 1\n  2\n\n  3\ny = 1\n')
    expect(print(removeProperties(document, section(document, 'a'), ['x']))).toBe('[a]\ny = 1\n')
  })

  it.each([
    ['keeps blank lines at the end', '[a]\n\nx = 1', '[a]\n\n'],
    ['keeps lines apart that end in a CR', '[a]\r\nz = 1\rx = 1\n\ny = 1\n', '[a]\r\nz = 1\r\r\ny = 1\n'],
  ])('%s', (_, before, after) => {
    const document = parse(before)
    expect(print(removeProperties(document, section(document, 'a'), ['x']))).toBe(after)
  })

  it('keeps a section that has something left', () => {
    const document = parse('[a]\ny = 1\n')
    expect(removeEmptySection(document, section(document, 'a'))).toBe(document)
  })

  it('keeps the comments before the next section', () => {
    const document = parse('[x]\nk = 1\n\n[a]\n\n# about b\n[b]\n')
    expect(print(removeEmptySection(document, section(document, 'a')))).toBe('[x]\nk = 1\n\n# about b\n[b]\n')
  })
})

describe('comments', () => {
  const isMark = (text: string) => text.startsWith('# mark')

  it.each([
    ['adds one after the header', '[a]\nx = 1\n', '[a]\n# mark 2\nx = 1\n'],
    ['replaces the one there', '[a]\n# own\n# mark 1\nx = 1\n', '[a]\n# own\n# mark 2\nx = 1\n'],
  ])('%s', (_, before, after) => {
    const document = parse(before)
    expect(print(setLeadingComment(document, section(document, 'a'), isMark, '# mark 2'))).toBe(after)
  })
})
