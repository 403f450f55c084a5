/** Completion for fish: one rule for each command, option and argument. */
import { quoteForFish } from '#core/shell-quote.ts'
import type { OutlineArgument, OutlineCommand, OutlineOption, Values } from './outline.ts'
import script from './scripts/completion.fish?raw'
import { fillIn } from './template.ts'

export function fishCompletion(commands: readonly OutlineCommand[]): string {
  const groups = commands.filter(({ children }) => children.length > 0)
  return fillIn(script, {
    groups: [`set -g __hallpass_groups ${groups.map(({ path }) => quoteForFish(path)).join(' ')}`],
    valued: commands.flatMap(valuedOf),
    completions: commands.flatMap(describe),
  })
}

function valuedOf({ path, options }: OutlineCommand): string[] {
  const names = options.filter(({ values }) => values !== undefined).flatMap(({ flags }) => flags)
  return names.length === 0 ? [] : [`case ${quoteForFish(path)}\n    printf '%s\\n' ${names.join(' ')}`]
}

function describe({ path, children, options, arguments: args }: OutlineCommand): string[] {
  return [
    ...children.map(({ name, summary }) => `${rule(path, 0)} -a ${quoteForFish(name)} -d ${quoteForFish(summary)}`),
    ...options.map((option) => optionRule(path, option)),
    ...args.flatMap((argument, index) => argumentRule(path, argument, index)),
  ]
}

function rule(path: string, place?: number): string {
  const condition = `__hallpass_at ${quoteForFish(path)}${place === undefined ? '' : ` ${place}`}`
  return `complete -c hallpass -n ${quoteForFish(condition)}`
}

function optionRule(path: string, { flags, summary, values }: OutlineOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
  const value = values === undefined ? '' : ` ${offer(values)}`
  return `${rule(path)} ${names.join(' ')}${value} -d ${quoteForFish(summary)}`
}

function argumentRule(path: string, { values, variadic }: OutlineArgument, index: number): string[] {
  if (values === 'nothing' || values === 'command') return []
  return [`${rule(path, variadic ? undefined : index)} ${offer(values)}`]
}

function offer(values: Values): string {
  if (typeof values !== 'string') return `-x -a ${quoteForFish(values.join(' '))}`
  if (values === 'files') return '-r -F'
  return values === 'nothing' ? '-x' : `-x -a ${quoteForFish(`(__hallpass_names ${values})`)}`
}
