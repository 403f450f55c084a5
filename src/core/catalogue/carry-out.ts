/** Carries a plan out: role by role, so that what fails keeps nothing else back, and remembers what was done. */
import type { CataloguePlan, CatalogueResult, CatalogueSource } from '#shared/catalogue.ts'
import { type ErrorReport, HallpassError, isHallpassError } from '#shared/errors.ts'
import { environmentField } from '#shared/fields.ts'
import { sharedEditSchema } from '#shared/role-changes.ts'
import { type Role, roleSettingsSchema } from '#shared/roles.ts'
import { findRole } from '../names.ts'
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
  // Without the names that other objects have from the start: a role may be called like one.
  const known: CatalogueRecord['roles'] = Object.assign(Object.create(null), record?.roles)
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
      } else if (run.kind === 'remove') await removeAll(run.steps)
      else if (!(await editTogether(run.steps)))
        for (const step of run.steps) {
          await roles.edit(step.name, step.edit).then(
            ({ id }) => done(step, id),
            (error) => failed(step, error),
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

  /** @returns false when that can't be: then each is done by itself, and says what is wrong with it */
  async function editTogether(steps: readonly EditStep[]): Promise<boolean> {
    const changes = steps.map(({ name, edit }) => ({ name, edit: sharedEditSchema.strict().safeParse(edit).data }))
    const shared = changes.flatMap(({ name, edit }) => (edit ? [{ name, edit }] : []))
    if (steps.length === 1 || shared.length < steps.length) return false
    try {
      await roles.editMany(shared)
    } catch (error) {
      if (isHallpassError(error)) return false
      throw error
    }
    for (const step of steps) done(step, findRole(store, step.name).id)
    return true
  }

  /** Their profiles go in one edit of the AWS files. */
  async function removeAll(steps: readonly RemoveStep[]): Promise<void> {
    try {
      const kept = await roles.removeMany(steps.map(({ name }) => name))
      const reasons = new Map(kept.map(({ name, error }) => [name, HallpassError.fromReport(error)]))
      for (const step of steps) {
        const reason = reasons.get(step.name)
        if (reason) failed(step, reason)
        else done(step, undefined)
      }
    } catch (error) {
      for (const step of steps) failed(step, error)
    }
  }
}

type AddStep = Extract<CatalogueStep, { kind: 'add' }>
type EditStep = Extract<CatalogueStep, { kind: 'edit' }>
type RemoveStep = Extract<CatalogueStep, { kind: 'remove' }>
type Run =
  | { readonly kind: 'add'; readonly steps: AddStep[] }
  | { readonly kind: 'edit'; readonly steps: EditStep[] }
  | { readonly kind: 'remove'; readonly steps: RemoveStep[] }

/** The steps in their order, those of a kind together where they follow each other. */
function runsOf(steps: readonly CatalogueStep[]): Run[] {
  const runs: Run[] = []
  for (const step of steps) {
    const last = runs.at(-1)
    if (last?.kind === step.kind) (last.steps as CatalogueStep[]).push(step)
    else runs.push({ kind: step.kind, steps: [step] } as Run)
  }
  return runs
}
