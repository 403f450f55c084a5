/** The few pieces of Python's text handling that decide how botocore reads a file. */

// str.isspace(): unlike JavaScript's \s it has the separators U+001C–U+001F and U+0085, and not U+FEFF.
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const BREAKS = '\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029'
const LINE_BREAK = new RegExp(`\\r\\n|[${BREAKS}]`)
const LEADING = new RegExp(`^[${SPACE}]+`)
const ANY_NOT_SPACE = new RegExp(`[^${SPACE}]`)

/** True for printable ASCII, blanks apart. */
function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f
}

/** `str.lstrip()` counted: how many characters it would take; the length of a blank string. */
export function countLeadingSpace(text: string): number {
  // Most lines start with a plain character, and asking that is cheaper than matching.
  if (isPlain(text.charCodeAt(0))) return 0
  return LEADING.exec(text)?.[0].length ?? 0
}

/** `str.rstrip()` */
export function stripEnd(text: string): string {
  if (isPlain(text.charCodeAt(text.length - 1))) return text
  let end = text.length
  while (end > 0 && !ANY_NOT_SPACE.test(text.charAt(end - 1))) end--
  return end === text.length ? text : text.slice(0, end)
}

/** `str.strip()` */
export function strip(text: string): string {
  return stripEnd(text.slice(countLeadingSpace(text)))
}

/** `str.splitlines()` */
export function splitLines(text: string): string[] {
  return text.split(LINE_BREAK)
}

/** Lines of a file opened in text mode (universal newlines). */
export function splitFileLines(text: string): string[] {
  return text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n')
}

/** `shlex.split()` in POSIX mode; `undefined` where Python raises ValueError (open quote or lone escape). */
export function splitShellWords(text: string): string[] | undefined {
  // Most texts have nothing in them that needs looking at each character.
  if (!/["'\\]/.test(text)) return text.split(/[ \t\r\n]+/).filter((word) => word !== '')
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (character === '\\' && quote === '"') {
        const next = text.charAt(++index)
        if (next === '') return undefined
        word += next === '"' || next === '\\' ? next : `\\${next}`
      } else word += character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (character === '\\') {
      const next = text.charAt(++index)
      if (next === '') return undefined
      word = (word ?? '') + next
    } else if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (quote !== '') return undefined
  if (word !== undefined) words.push(word)
  return words
}
