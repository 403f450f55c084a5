/** `hallpass import …`: shows or does what becomes of each thing that is found. Secrets go from there to the vault, unseen. */
import type { IdentityCenterFound, ImportedItem, ImportItem, ImportSource } from '#shared/import.ts'
import type { CliContext } from '../context.ts'
import type { Invocation } from '../invocation.ts'
import type { Cell } from '../output/table.ts'
import { vaultName } from '../output/vault-name.ts'

/** At least one item could not be imported. */
const SOME_FAILED = 1

export interface ImportWords {
  /** Where things come from, as it is called in a sentence: `the AWS files`. */
  readonly place: string
  /** What is imported from there, as the title of a column. */
  readonly column: string
  /** Said when there is nothing. */
  readonly nothing: string
}

/** Runs `hallpass import` for one source. @returns the exit code */
export async function importFrom(
  context: CliContext,
  invocation: Invocation,
  source: ImportSource,
  words: ImportWords,
): Promise<number> {
  const chosen = invocation.list('profile')
  const hallpass = await context.hallpass()
  if (invocation.flag('dryRun')) {
    const plan = await context.progress.during(`Reading ${words.place}`, hallpass.imports.plan(source))
    if (context.json) context.jsonData(plan)
    else {
      show(context, words, plan.items, (item) => PLANNED[item.outcome])
      showSignIns(context, plan.identityCenters)
      tellOfKeys(
        context,
        plan.items.filter(({ plaintextKey }) => plaintextKey),
        invocation.flag('moveKeys') === true ? 'Would be taken out of the files' : undefined,
      )
    }
    return 0
  }
  const result = await context.progress.during(
    `Importing ${words.place}`,
    hallpass.imports.run({
      source,
      profiles: chosen.length > 0 ? chosen : undefined,
      moveKeys: invocation.flag('moveKeys') === true,
      verify: invocation.flag('verify') !== false,
    }),
  )
  if (context.json) context.jsonData(result)
  else {
    show(context, words, result.items, (item) => DONE[item.result])
    const added = new Set(result.items.flatMap(({ result: state, profile }) => (state === 'added' ? [profile] : [])))
    showSignIns(
      context,
      result.identityCenters.filter(({ roles }) => roles.some(({ profile }) => added.has(profile))),
    )
    summarise(context, result.items, vaultName(hallpass))
  }
  return result.items.some(({ result: state }) => state === 'failed') ? SOME_FAILED : 0
}

const PLANNED: Readonly<Record<ImportItem['outcome'], Cell>> = {
  identity: { text: 'new identity', format: 'green' },
  role: { text: 'new role', format: 'green' },
  known: { text: 'there already', format: 'dim' },
  skipped: { text: 'stays', format: 'dim' },
}
const DONE: Readonly<Record<ImportedItem['result'], Cell>> = {
  added: { text: 'imported', format: 'green' },
  known: { text: 'there already', format: 'dim' },
  skipped: { text: 'stays', format: 'dim' },
  'left-out': { text: 'not chosen', format: 'dim' },
  failed: { text: 'failed', format: 'red' },
}

function show<T extends ImportItem>(
  context: CliContext,
  words: ImportWords,
  items: readonly T[],
  state: (item: T) => Cell,
): void {
  if (items.length === 0) {
    context.note(words.nothing)
    return
  }
  context.table(
    [
      { title: words.column },
      { title: 'Import' },
      { title: 'Name' },
      { title: 'From' },
      { title: 'What', shrinks: true },
    ],
    items.map((item) => [item.profile, state(item), item.name ?? '', item.from ?? '', whatOf(item)]),
  )
  for (const item of items) for (const note of notesOf(item)) context.note(`${item.profile}: ${note}`)
}

function whatOf({ arn, accessKeyId, accountId, permissionSet }: ImportItem): string {
  return permissionSet === null ? (arn ?? accessKeyId ?? '') : `${permissionSet} in ${accountId}`
}

/** A line for each that is new. */
export function showSignIns(context: CliContext, centers: readonly IdentityCenterFound[]): void {
  for (const { name, startUrl, outcome, notes } of centers) {
    if (outcome === 'new') context.note(`${name}: new sign-in to Identity Center, ${startUrl}. ${notes.join(' ')}`)
  }
}

function notesOf(item: ImportItem & Partial<ImportedItem>): readonly string[] {
  const { error } = item
  return error ? [...item.notes, `${error.message}${error.hint ? ` ${error.hint}` : ''}`] : item.notes
}

function summarise(context: CliContext, items: readonly ImportedItem[], vault: string): void {
  const keys = new Set(
    items.filter(({ result, accessKeyId }) => result === 'added' && accessKeyId).map(({ accessKeyId }) => accessKeyId),
  )
  const unverified = items.some(({ result, verified }) => result === 'added' && verified === false)
  const moved = items.filter((item) => item.moved)
  const left = items.filter(
    ({ plaintextKey, moved: isMoved, result }) => plaintextKey && !isMoved && result !== 'left-out',
  )
  if (keys.size > 0) context.note(`\n${keys.size === 1 ? 'The key is' : `${keys.size} keys are`} in the ${vault}.`)
  if (unverified) context.note('AWS could not be reached, so keys are unverified: hallpass identity test NAME')
  if (moved.length > 0) {
    context.note(
      `Taken out of the files: ${moved.map(({ profile }) => profile).join(', ')}. To put one back: hallpass profile remove PROFILE`,
    )
  }
  tellOfKeys(context, left)
}

/** @param moving what becomes of them, when they do not stay */
function tellOfKeys(context: CliContext, items: readonly ImportItem[], moving?: string): void {
  if (items.length === 0) return
  const names = items.map(({ profile }) => profile).join(', ')
  if (moving !== undefined) context.note(`${moving}: ${names}.`)
  else
    context.note(`Still in the files in plain text: ${names}. To take them out: hallpass import aws-files --move-keys`)
}
