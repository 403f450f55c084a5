/**
 * Completion for bash, 3.2 (macOS) and later. Bash breaks words at `:`, `=` and `@` and tells quoted text as it was
 * typed, so the script splits the line itself, and answers with what belongs behind the last break, quoted as begun.
 */
import { quoteForShell } from '#core/shell-quote.ts'
import type { OutlineCommand, Values } from './outline.ts'
import script from './scripts/completion.bash?raw'
import { fillIn } from './template.ts'

export function bashCompletion(commands: readonly OutlineCommand[]): string {
  return fillIn(script, { commands: commands.map(describe), values: commands.flatMap(valuesOf) })
}

function describe({ path, children, options, arguments: args }: OutlineCommand): string {
  const runsCommand = args.some(({ values }) => values === 'command')
  const lists = [
    ['subs', children.map(({ name }) => name)],
    ['opts', [...options.flatMap(({ flags }) => flags), ...(runsCommand ? ['--'] : [])]],
    ['args', args.map(({ values }) => specOf(values))],
  ] as const
  const set = lists.filter(([, words]) => words.length > 0)
  const lines = set.map(([name, words]) => ` ${name}=(${words.map(quoteForShell).join(' ')})`)
  return `${quoteForShell(path)})${lines.join('')} ;;`
}

function valuesOf({ path, options }: OutlineCommand): string[] {
  return options.flatMap(({ flags, values }) => {
    if (values === undefined) return []
    const keys = flags.map((flag) => quoteForShell(`${path} ${flag}`))
    return [`${keys.join(' | ')}) spec=${quoteForShell(specOf(values))} ;;`]
  })
}

/** `words A B` for few choices; else what it is. */
function specOf(values: Values): string {
  return typeof values === 'string' ? values : `words ${values.join(' ')}`
}
