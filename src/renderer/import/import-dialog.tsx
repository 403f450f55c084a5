/** Moving in: every profile of the AWS files with what becomes of it, chosen one by one, and what came of it. */
import { useState } from 'react'
import type { ImportResult } from '#shared/import.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Check } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { Empty, ErrorNotice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { choose, importable, movable, plaintextKeys } from '../lib/import-choice.ts'
import { firstRunStrings } from '../strings/first-run.ts'
import { strings } from '../strings.ts'
import { ImportDone } from './import-done.tsx'
import { ImportList } from './import-list.tsx'
import { useImportPlan } from './use-import-plan.ts'

const words = firstRunStrings.import

export function ImportDialog(props: {
  vaultName: string
  /** Moving plaintext keys is what the dialog was opened for. */
  moving?: boolean
  onClose: () => void
}) {
  const { vaultName, onClose } = props
  const plan = useImportPlan()
  const refresh = useRefresh()
  const saving = useBusy()
  // Until the person chooses, everything is.
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null)
  const [moves, setMoves] = useState(props.moving ?? false)
  const [result, setResult] = useState<ImportResult | null>(null)

  if (result !== null) return <ImportDone result={result} onClose={onClose} />

  const items = plan.data?.items ?? []
  const open = importable(items)
  const chosen = picked ?? new Set(open.map(({ profile }) => profile))
  const keys = movable(items, chosen)
  const isMoving = moves && keys.length > 0
  const count = open.filter(({ profile }) => chosen.has(profile)).length
  const canImport = count > 0 || isMoving

  const run = (): void => {
    if (!canImport) return
    const profiles = [...chosen, ...(isMoving ? keys.map(({ profile }) => profile) : [])]
    void saving.run(async () => {
      const done = await call('import.run', { profiles: [...new Set(profiles)], moveKeys: isMoving })
      setResult(done)
      await refresh()
    })
  }

  return (
    <Dialog
      title={words.title}
      lead={words.lead(vaultName)}
      size="lg"
      onClose={onClose}
      {...(canImport ? { onSubmit: run } : {})}
      footer={
        canImport ? (
          <FormFooter action={words.action(count)} busy={saving.busy ? words.saving : undefined} onLeave={onClose} />
        ) : (
          <>
            <span className="grow" />
            <Button shortcut="Esc" onClick={onClose}>
              {strings.close}
            </Button>
          </>
        )
      }
    >
      {saving.failure !== null && <ErrorNotice error={saving.failure} />}
      {plan.isError && (
        <ErrorNotice
          error={toHallpassError(plan.error)}
          actions={<Button onClick={() => void plan.refetch()}>{strings.tryAgain}</Button>}
        />
      )}
      {plan.isPending && (
        <p className="t3" role="status">
          {words.reading}
        </p>
      )}
      {plan.data !== undefined && items.length === 0 && (
        <Empty icon="file" title={words.emptyTitle}>
          {words.emptyText}
        </Empty>
      )}
      {items.length > 0 && (
        <ImportList
          items={items}
          chosen={chosen}
          onChoose={(profile, isChosen) => setPicked(choose(chosen, items, profile, isChosen))}
        />
      )}
      {keys.length > 0 && (
        <Check label={words.move(plaintextKeys(keys), vaultName)} checked={moves} onChange={setMoves} />
      )}
    </Dialog>
  )
}
