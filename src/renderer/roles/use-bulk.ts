/** What is done to several roles at once, and what became of each. */
import { useState } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import { call, errorFromReport, toHallpassError } from '../bridge.ts'
import { showToast } from '../components/toast.tsx'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { useRefresh } from '../hooks/use-data.ts'
import { afterRetry, failedOf, type Outcome, runEach } from '../lib/bulk-run.ts'
import { strings } from '../strings.ts'

export type BulkDeed = 'start' | 'end' | 'pin' | 'unpin' | 'remove'

export interface BulkResult {
  readonly deed: BulkDeed
  /** In the order they were done. At least one has failed. */
  readonly outcomes: readonly Outcome[]
}

export interface Bulk {
  readonly busy: BulkDeed | null
  /** Of the last deed, as long as something of it has failed. */
  readonly result: BulkResult | null
  /** Never rejects: what fails is in `result`. */
  run(deed: BulkDeed, roles: readonly RoleRow[]): Promise<void>
  /** The same for those it failed for, as far as they are still there. */
  retry(): void
  dismiss(): void
}

export function useBulk(all: readonly RoleRow[]): Bulk {
  const actions = useRoleActions()
  const refresh = useRefresh()
  const [busy, setBusy] = useState<BulkDeed | null>(null)
  const [result, setResult] = useState<BulkResult | null>(null)

  const perform = async (deed: BulkDeed, roles: readonly RoleRow[]): Promise<Outcome[]> => {
    // Each has a lane of its own, and one code serves all that wait for it.
    if (deed === 'start') return actions.startEach(roles)
    const names = roles.map(({ name }) => name)
    if (deed === 'remove') {
      const outcomes = await removeTogether(names)
      await refresh()
      return outcomes
    }
    const work = {
      end: (name: string) => call('sessions.end', { name }),
      pin: (name: string) => call('roles.pin', { name, pinned: true }),
      unpin: (name: string) => call('roles.pin', { name, pinned: false }),
    }[deed]
    const outcomes = await runEach(names, work, toHallpassError)
    await refresh()
    return outcomes
  }

  const run = async (deed: BulkDeed, roles: readonly RoleRow[], before: readonly Outcome[] = []): Promise<void> => {
    if (busy !== null) return
    setBusy(deed)
    try {
      const outcomes = await perform(deed, roles)
      const known = before.length === 0 ? outcomes : afterRetry(before, outcomes)
      const failed = failedOf(known).length
      setResult(failed === 0 ? null : { deed, outcomes: known })
      if (failed === 0 && known.length > 0) showToast(strings.bulk.done[deed](known.length))
    } finally {
      setBusy(null)
    }
  }

  return {
    busy,
    result,
    run: (deed, roles) => run(deed, roles),
    retry() {
      if (result === null) return
      const failed = new Set(failedOf(result.outcomes).map(({ name }) => name))
      const roles = all.filter(({ name }) => failed.has(name))
      if (roles.length === 0) setResult(null)
      else void run(result.deed, roles, result.outcomes)
    },
    dismiss: () => setResult(null),
  }
}

/** As one edit of the AWS files. What keeps that from being made keeps all of them. */
async function removeTogether(names: readonly string[]): Promise<Outcome[]> {
  try {
    const kept = new Map(
      (await call('roles.remove-many', { names: [...names] })).map(({ name, error }) => [name, error]),
    )
    return names.map((name) => {
      const error = kept.get(name)
      return { name, error: error ? errorFromReport(error) : null }
    })
  } catch (thrown) {
    const error = toHallpassError(thrown)
    return names.map((name) => ({ name, error }))
  }
}
