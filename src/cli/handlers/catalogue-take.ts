/** `hallpass import catalogue` and `hallpass catalogue pull`: shows what changes, asks once, and does it. */
import { resolve } from 'node:path'
import type { OpenCatalogue } from '#core/catalogue/service.ts'
import type { CatalogueItem, CataloguePlan, CatalogueResult } from '#shared/catalogue.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { confirm } from '../input/confirm.ts'
import type { Invocation } from '../invocation.ts'
import type { Cell } from '../output/table.ts'
import { showSignIns } from './import-from.ts'

/** At least one role could not be taken in. */
const SOME_FAILED = 1

export const importCatalogue: Handler = async (context, invocation) => {
  const place = placeOf(invocation.argument('source'))
  const [path, ref, from] = [invocation.text('path'), invocation.text('ref'), invocation.text('from')]
  const reader = invocation.text('with')
  const { catalogues } = await context.hallpass()
  const source = { place, path, ref, from, with: reader }
  return take(context, invocation, await context.progress.during('Reading the catalogue', catalogues.open(source)))
}

export const cataloguePull: Handler = async (context, invocation) => {
  const { catalogues } = await context.hallpass()
  const named = invocation.argument('name')
  const [only, ...more] = catalogues.list()
  if (named === '' && (!only || more.length > 0)) {
    throw new HallpassError(
      only ? 'input.required' : 'catalogue.not-found',
      only ? 'There are several catalogues.' : 'No catalogue has been taken in.',
      {
        hint: only
          ? 'Name one: hallpass catalogue list shows them.'
          : 'Take one in first: hallpass import catalogue SOURCE',
      },
    )
  }
  const name = named || (only?.name ?? '')
  return take(context, invocation, await context.progress.during('Reading the catalogue', catalogues.pull(name)))
}

/** A file is where it is seen from here; everything else is an address. */
function placeOf(source: string): string {
  return /^[a-z0-9+]+:\/\/|^[^/\\]+@[^/\\]+:/i.test(source) ? source : resolve(source)
}

async function take(context: CliContext, invocation: Invocation, catalogue: OpenCatalogue): Promise<number> {
  const options = { overwrite: invocation.flag('overwrite') === true, prune: invocation.flag('prune') !== false }
  const plan = catalogue.plan(options)
  const changes = plan.items.filter(({ outcome }) => outcome === 'new' || outcome === 'changed' || outcome === 'gone')
  if (invocation.flag('dryRun')) {
    if (context.json) context.jsonData(plan)
    else show(context, plan)
    return 0
  }
  if (!context.json) show(context, plan)
  const [count, thing] =
    changes.length > 0 ? ([changes.length, 'role'] as const) : ([plan.accounts.length, 'account'] as const)
  if (count > 0 && !invocation.flag('yes')) {
    await confirm(context, {
      question: `Take in ${plan.catalogue} as shown (yes)? `,
      answer: 'yes',
      message: `${plan.catalogue} changes ${count} ${count === 1 ? thing : `${thing}s`}, and nobody can be asked here.`,
      hint: 'Look at it with --dry-run, then give --yes.',
    })
  }
  const result = await context.progress.during('Taking the catalogue in', catalogue.apply(options))
  if (context.json) context.jsonData(result)
  else report(context, result)
  return result.items.some((item) => item.result === 'failed') ? SOME_FAILED : 0
}

const OUTCOMES: Readonly<Record<CatalogueItem['outcome'], Cell>> = {
  new: { text: '+ new', format: 'green' },
  changed: { text: '~ changed', format: 'yellow' },
  same: { text: 'as it is', format: 'dim' },
  known: { text: 'there already', format: 'dim' },
  gone: { text: '- gone', format: 'red' },
  kept: { text: 'kept', format: 'dim' },
  skipped: { text: 'left out', format: 'dim' },
}

function show(context: CliContext, { catalogue, items, accounts, identityCenters }: CataloguePlan): void {
  // Of a thousand roles, those that change are what is looked at.
  const shown = items.filter(({ outcome }) => outcome !== 'same')
  const rest = items.length - shown.length
  if (shown.length > 0) {
    context.table(
      [{ title: 'Role' }, { title: 'Change' }, { title: 'From' }, { title: 'ARN', shrinks: true }],
      shown.map((item) => [item.name ?? item.key, OUTCOMES[item.outcome], item.from ?? '', item.arn]),
    )
  }
  for (const item of shown) {
    const name = item.name ?? item.key
    for (const { field, before, after, kept } of item.fields) {
      const change = `${before ?? 'nothing'} → ${after ?? 'nothing'}`
      context.note(`${name}: ${fieldWords(field)}: ${change}${kept ? ' (yours stays)' : ''}`)
    }
    for (const note of item.notes) context.note(`${name}: ${note}`)
  }
  for (const { accountId, name, environment } of accounts) {
    context.note(`Account ${accountId}: ${[name, environment].filter((word) => word !== null).join(', ')}`)
  }
  showSignIns(context, identityCenters)
  if (rest > 0) context.note(`${rest} ${rest === 1 ? 'role' : 'roles'} of ${catalogue} as before.`)
}

function report(context: CliContext, { catalogue, items }: CatalogueResult): void {
  const count = (result: CatalogueResult['items'][number]['result']) =>
    items.filter((item) => item.result === result).length
  const words = [
    [count('added'), 'added'],
    [count('changed'), 'changed'],
    [count('removed'), 'removed'],
  ].flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`]))
  for (const { key, name, error } of items) {
    if (error) context.note(`${name ?? key}: ${error.message}${error.hint ? ` ${error.hint}` : ''}`)
  }
  context.note(`\n${catalogue}: ${words.length === 0 ? 'nothing to change' : words.join(', ')}.`)
  context.note(`To bring it up to date: hallpass catalogue pull ${/\s/.test(catalogue) ? `"${catalogue}"` : catalogue}`)
}

/** `durationSeconds` as a person says it. */
function fieldWords(field: string): string {
  return field.replace(/Seconds$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
