/** Carries a plan out: role by role, so that what fails keeps nothing else back, and remembers what was done. */
import type { CataloguePlan, CatalogueResult, CatalogueSource } from '#shared/catalogue.ts'
import { type ErrorReport, isHallpassError } from '#shared/errors.ts'
import { environmentField } from '#shared/fields.ts'
import { type Role, roleSettingsSchema } from '#shared/models.ts'
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
  const { store, roles, givenRoles, clock } = parts
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
  const failed = (step: CatalogueStep, error: unknown) => {
    if (!isHallpassError(error)) throw error
    verdicts.set(step.key, { result: 'failed', error: error.toReport() })
  }
  const done = (step: CatalogueStep, id: string | undefined) => {
    if (id === undefined) delete known[step.key]
    else note(step.key, id)
    verdicts.set(step.key, { result: DONE[step.kind], error: null })
  }
  try {
    for (const run of runsOf(plan.steps)) {
      // Thousands of new roles wait for the disk once; one that fails is undone alone.
      if (run.kind === 'add') {
        const steps = await withCenters(run.steps)
        store.transaction(() => {
          for (const step of steps) {
            try {
              done(step, add(step).id)
            } catch (error) {
              failed(step, error)
            }
          }
        })
      } else {
        await change(run.step).then(
          (id) => done(run.step, id),
          (error) => failed(run.step, error),
        )
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

  /** Adds the Identity Centers that steps need. @returns those that can be done */
  async function withCenters(steps: readonly AddStep[]): Promise<AddStep[]> {
    const possible: AddStep[] = []
    for (const step of steps) {
      try {
        if (step.comesWith) await givenRoles.center(step.comesWith.center.place)
        possible.push(step)
      } catch (error) {
        failed(step, error)
      }
    }
    return possible
  }

  function add({ role, comesWith }: AddStep): Role {
    if (!comesWith) return roles.add(role)
    const { name, arn: _arn, from, ...settings } = role
    const { accountId, permissionSet } = comesWith
    return givenRoles.add(from, { name, accountId, permissionSet, settings: roleSettingsSchema.parse(settings) })
  }

  function note(key: string, id: string): void {
    const applied = plan.applied.get(key)
    if (applied) known[key] = { id, applied }
  }

  /** @returns the id of the role, unless it is gone */
  async function change(step: Exclude<CatalogueStep, { kind: 'add' }>): Promise<string | undefined> {
    if (step.kind === 'edit') return (await roles.edit(step.name, step.edit)).id
    await roles.remove(step.name)
    return undefined
  }
}

type AddStep = Extract<CatalogueStep, { kind: 'add' }>
type Run =
  | { readonly kind: 'add'; readonly steps: AddStep[] }
  | { readonly kind: 'change'; readonly step: Exclude<CatalogueStep, AddStep> }

/** The steps in their order, new roles that follow each other together. */
function runsOf(steps: readonly CatalogueStep[]): Run[] {
  const runs: Run[] = []
  for (const step of steps) {
    const last = runs.at(-1)
    if (step.kind !== 'add') runs.push({ kind: 'change', step })
    else if (last?.kind === 'add') last.steps.push(step)
    else runs.push({ kind: 'add', steps: [step] })
  }
  return runs
}
