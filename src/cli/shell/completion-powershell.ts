/** Completion for PowerShell 5.1 and later, as a table and a function that looks words up in it. */
import { quoteForPowershell } from '#core/shell-quote.ts'
import type { OutlineCommand, OutlineOption, Values } from './outline.ts'
import script from './scripts/completion.ps1?raw'
import { fillIn } from './template.ts'

export function powershellCompletion(commands: readonly OutlineCommand[]): string {
  return fillIn(script, { commands: commands.map(describe) })
}

function describe({ path, children, options, arguments: args }: OutlineCommand): string {
  const lines = [
    `  Children = ${list(children.map(({ name, summary }) => item(name, summary)))}`,
    `  Options = ${list(options.flatMap(optionItems))}`,
    // The comma keeps PowerShell from making one list of several.
    `  Arguments = ${list(args.map(({ values }) => `, ${valueText(values)}`))}`,
  ]
  return `${quoteForPowershell(path)} = @{\n${lines.join('\n')}\n}`
}

function optionItems({ flags, summary, values }: OutlineOption): string[] {
  const value = values === undefined ? '$null' : valueText(values)
  return flags.map((flag) => `${item(flag, summary).slice(0, -2)}; Value = ${value} }`)
}

function item(name: string, about: string): string {
  return `@{ Name = ${quoteForPowershell(name)}; About = ${quoteForPowershell(about)} }`
}

function valueText(values: Values): string {
  return typeof values === 'string' ? quoteForPowershell(values) : `@(${values.map(quoteForPowershell).join(', ')})`
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '@()' : `@(\n${items.map((each) => `    ${each}`).join('\n')}\n  )`
}
