/** Completion for zsh, by its own `_arguments`. */
import { quoteForShell } from '#core/shell-quote.ts'
import type { OutlineArgument, OutlineCommand, OutlineOption, Values } from './outline.ts'
import script from './scripts/completion.zsh?raw'
import { fillIn } from './template.ts'

export function zshCompletion(commands: readonly OutlineCommand[]): string {
  const groups = commands.filter(({ children }) => children.length > 0)
  return fillIn(script, { commands: commands.map(describe), children: groups.map(childrenOf) })
}

function describe({ path, options, arguments: args }: OutlineCommand): string {
  const specs = [...options.map(optionSpec), ...args.map(argumentSpec)]
  return `${quoteForShell(path)}) _arguments -s -S ${specs.join(' ')} ;;`
}

function childrenOf({ path, children }: OutlineCommand): string {
  const entries = children.map(({ name, summary }) => quoteForShell(`${name}:${summary}`))
  return `${quoteForShell(path)}) children=(${entries.join(' ')}) ;;`
}

function optionSpec({ flags, summary, values, repeats }: OutlineOption): string {
  // `=` behind a long option: its value is the next word, or follows in the same one.
  const text = `[${escapeSpec(summary)}]${values === undefined ? '' : `:value:${action(values)}`}`
  const named = flags.map((flag) => (values !== undefined && flag.startsWith('--') ? `${flag}=` : flag))
  if (repeats) return named.map((flag) => quoteForShell(`*${flag}${text}`)).join(' ')
  // Each of several names rules out the others.
  const excluded = flags.length > 1 ? `(${flags.join(' ')})` : ''
  return named.map((flag) => quoteForShell(`${excluded}${flag}${text}`)).join(' ')
}

function argumentSpec({ name, values, variadic }: OutlineArgument, index: number): string {
  // Three colons: what follows is completed as a command line of its own.
  if (values === 'command') return quoteForShell(`*:::${name}:_normal`)
  return quoteForShell(`${variadic ? '*' : index + 1}:${name}:${action(values)}`)
}

/** The blank in front of a function's name keeps options meant for `compadd` from it. */
function action(values: Values): string {
  if (typeof values !== 'string') return `(${values.join(' ')})`
  if (values === 'files') return '_files'
  return values === 'nothing' ? ' ' : ` _hallpass_names ${values}`
}

function escapeSpec(text: string): string {
  return text.replaceAll(/[\\[\]:]/g, '\\$&')
}
