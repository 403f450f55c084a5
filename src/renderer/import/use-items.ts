/** Keys and roles that are found somewhere: which are chosen, and taking those in. */
import { useState } from 'react'
import type { ImportItem, ImportResult, ImportSource } from '#shared/import.ts'
import { call } from '../bridge.ts'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { choose, importable, movable, signInsFor } from '../lib/import-choice.ts'
import { useImportPlan } from './use-import-plan.ts'

const NONE: readonly ImportItem[] = []

/** @param source null while there is nothing to look at */
export function useItems(source: ImportSource | null, startsMoving: boolean) {
  const plan = useImportPlan(source)
  const refresh = useRefresh()
  const saving = useBusy()
  // Until the person chooses, everything is.
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null)
  const [moves, setMoves] = useState(startsMoving)
  const [result, setResult] = useState<ImportResult | null>(null)
  const items = (source !== null && plan.data?.items) || NONE
  const open = importable(items)
  const chosen = picked ?? new Set(open.map(({ profile }) => profile))
  const keys = movable(items, chosen)
  const isMoving = moves && keys.length > 0
  const newSignIns = signInsFor((source !== null && plan.data?.identityCenters) || [], chosen)
  const count = open.filter(({ profile }) => chosen.has(profile)).length
  return {
    plan,
    items,
    chosen,
    keys,
    newSignIns,
    moves,
    setMoves,
    count,
    canImport: count > 0 || isMoving,
    saving,
    result,
    /** Another source: nothing of the one before counts. */
    reset(): void {
      setPicked(null)
      saving.setFailure(null)
    },
    pick: (profile: string, isChosen: boolean): void => setPicked(choose(chosen, items, profile, isChosen)),
    run(): void {
      if (source === null) return
      const profiles = [...chosen, ...(isMoving ? keys.map(({ profile }) => profile) : [])]
      void saving.run(async () => {
        setResult(await call('import.run', { source, profiles: [...new Set(profiles)], moveKeys: isMoving }))
        await refresh()
      })
    },
  }
}
