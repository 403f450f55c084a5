/** Carries a plan out: role by role, so that what fails keeps nothing else back, and remembers what was done. */
import type { CataloguePlan, CatalogueResult, CatalogueSource } from '#shared/catalogue.ts'
import { type ErrorReport, isHallpassError } from '#shared/errors.ts'
import { environmentField } from '#shared/fields.ts'
import type { CatalogueStep, DetailedCataloguePlan } from './plan.ts'
import type { AccountsPlan } from './plan-accounts.ts'
import { type CatalogueRecord, putRecord } from './record.ts'
import type { CatalogueParts } from './service.ts'

export interface PlannedCatalogue {
  readonly record: CatalogueRecord | undefined
  readonly plan: DetailedCataloguePlan
  readonly accounts: AccountsPlan
  readonly shown: CataloguePlan
}

type ItemResult = CatalogueResult['items'][number]['result']

const DONE: Readonly<Record<CatalogueStep['kind'], ItemResult>> = { add: 'added', edit: 'changed', remove: 'removed' }

export async function carryOut(
  parts: CatalogueParts,
  source: CatalogueSource,
  { record, plan, accounts, shown }: PlannedCatalogue,
): Promise<CatalogueResult> {
  const { store, roles, clock } = parts
  const known: CatalogueRecord['roles'] = { ...record?.roles }
  const verdicts = new Map<string, { result: ItemResult; error: ErrorReport | null }>()
  const remember = () =>
    putRecord(store, {
      name: shown.catalogue,
      source,
      pulledAt: new Date(clock()).toISOString(),
      roles: known,
      accounts: accounts.said,
    })
  for (const { accountId, name, environment } of accounts.changes) {
    parts.accounts.change(accountId, {
      ...(name === null ? {} : { name }),
      ...(environment === null ? {} : { environment: environmentField.parse(environment) }),
    })
  }
  try {
    for (const step of plan.steps) {
      try {
        const id = await take(step)
        if (id !== undefined) note(step.key, id)
        verdicts.set(step.key, { result: DONE[step.kind], error: null })
        if (step.kind === 'remove') delete known[step.key]
      } catch (error) {
        if (!isHallpassError(error)) throw error
        verdicts.set(step.key, { result: 'failed', error: error.toReport() })
      }
    }
    for (const key of plan.applied.keys()) {
      const id = known[key]?.id
      if (id !== undefined && verdicts.get(key)?.result !== 'failed') note(key, id)
    }
    for (const key of plan.released) if (verdicts.get(key)?.result !== 'failed') delete known[key]
  } finally {
    remember()
  }
  const items = shown.items.map((item) => ({
    ...item,
    ...(verdicts.get(item.key) ?? { result: 'unchanged' as const, error: null }),
  }))
  return { ...shown, items }

  function note(key: string, id: string): void {
    const applied = plan.applied.get(key)
    if (applied) known[key] = { id, applied }
  }

  /** @returns the id of the role, unless it is gone */
  async function take(step: CatalogueStep): Promise<string | undefined> {
    switch (step.kind) {
      case 'add':
        return roles.add(step.role).id
      case 'edit':
        return (await roles.edit(step.name, step.edit)).id
      case 'remove':
        await roles.remove(step.name)
        return undefined
    }
  }
}
