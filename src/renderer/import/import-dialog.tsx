/**
 * Moving in: from the AWS files, from another tool, or from a catalogue of the team's. What would come of it is shown
 * first, one by one, and what came of it after that.
 */
import { useState } from 'react'
import type { HallpassError } from '#shared/errors.ts'
import type { ImportSource } from '#shared/import.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Check, Segmented } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { Empty, ErrorNotice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useIdentities, useRoles } from '../hooks/use-data.ts'
import { AddIdentity } from '../identities/add-identity.tsx'
import { plaintextKeys } from '../lib/import-choice.ts'
import { type ImportPlace, movingInStrings as words } from '../strings/moving-in.ts'
import { strings } from '../strings.ts'
import { CatalogueDone } from './catalogue-done.tsx'
import { CatalogueForm } from './catalogue-form.tsx'
import { CataloguePlanView, changesOf } from './catalogue-plan.tsx'
import { ImportDone } from './import-done.tsx'
import { ImportList } from './import-list.tsx'
import { NewSignIn } from './new-sign-in.tsx'
import { type SwitchRolesFields, SwitchRolesForm } from './switch-roles-form.tsx'
import { useCatalogue } from './use-catalogue.ts'
import { useItems } from './use-items.ts'

const PLACES = (Object.keys(words.places) as ImportPlace[]).map((value) => ({ value, label: words.places[value] }))
const NO_TEXT: SwitchRolesFields = { text: '', from: '' }

export function ImportDialog(props: {
  vaultName: string
  /** Moving plaintext keys is what the dialog was opened for. */
  moving?: boolean
  /** Where it begins; the AWS files when left out. */
  place?: ImportPlace
  onClose: () => void
}) {
  const { vaultName, onClose } = props
  const [place, setPlace] = useState<ImportPlace>(props.place ?? 'aws-files')
  const [withProgram, setWithProgram] = useState(false)
  const [config, setConfig] = useState(NO_TEXT)
  // Text is looked at when the person says so.
  const [looked, setLooked] = useState(NO_TEXT)
  const identities = useIdentities().data ?? []
  const roles = useRoles().data ?? []
  const source = sourceOf(place, withProgram, looked)
  const items = useItems(source, props.moving ?? false)
  const catalogue = useCatalogue()
  const picking = useBusy()

  if (place === 'csv') {
    const taken = [...identities, ...roles].map(({ name }) => name)
    return <AddIdentity start={{ kind: 'paste' }} taken={taken} vaultName={vaultName} onClose={onClose} />
  }
  if (items.result !== null) return <ImportDone result={items.result} place={place} onClose={onClose} />
  if (catalogue.result !== null) return <CatalogueDone result={catalogue.result} onClose={onClose} />

  const isCatalogue = place === 'catalogue'
  const { opened } = catalogue
  const setText = (change: Partial<SwitchRolesFields>): void => {
    setConfig((before) => ({ ...before, ...change }))
    setLooked(NO_TEXT)
    items.reset()
  }
  const pickConfig = (): void =>
    void picking.run(async () => {
      const chosen = await call('import.pick-config', undefined)
      if (chosen !== null) setText(chosen)
    })
  const needsLook =
    (place === 'switch-roles' && source === null && config.text.trim() !== '') ||
    (isCatalogue && opened === null && catalogue.fields.place.trim() !== '')
  const changes = opened === null ? [] : changesOf(opened.plan)
  const hasChanges = changes.length > 0 || (opened?.plan.accounts.length ?? 0) > 0
  const canRun = isCatalogue ? hasChanges : items.canImport
  const submit = (): void => {
    if (needsLook) {
      if (isCatalogue) catalogue.open()
      else setLooked(config)
    } else if (isCatalogue) catalogue.run()
    else items.run()
  }
  const isReading = source !== null && !isCatalogue && items.plan.isPending
  const working = isCatalogue ? catalogue.working : items.saving
  const busyWord = isCatalogue ? (opened === null ? words.readings.catalogue : words.catalogue.saving) : words.saving
  const action = needsLook
    ? words.preview
    : isCatalogue
      ? words.catalogue.action(
          changes.length,
          changes.every(({ outcome }) => outcome === 'new'),
        )
      : words.action(items.count)
  const failure = working.failure ?? picking.failure
  return (
    <Dialog
      title={words.titles[place]}
      lead={words.leads[place](vaultName)}
      size="lg"
      onClose={onClose}
      {...(needsLook || canRun ? { onSubmit: submit } : {})}
      footer={
        needsLook || canRun ? (
          <FormFooter action={action} busy={working.busy ? busyWord : undefined} onLeave={onClose} />
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
      {!props.moving && (
        <Segmented
          wide
          label={words.from}
          segments={PLACES}
          value={place}
          onChange={(next) => {
            setPlace(next)
            items.reset()
          }}
        />
      )}
      {place === 'aws-vault' && (
        <Check label={words.awsVault.withProgram} checked={withProgram} onChange={setWithProgram} />
      )}
      {place === 'switch-roles' && (
        <SwitchRolesForm fields={config} identities={identities} onChange={setText} onPick={pickConfig} />
      )}
      {isCatalogue && <CatalogueForm state={catalogue} identities={identities} roles={roles} />}
      {failure !== null && <ErrorNotice error={failure} />}
      {source !== null && items.plan.isError && (
        <NotRead error={toHallpassError(items.plan.error)} onRetry={() => void items.plan.refetch()} />
      )}
      {(isReading || (isCatalogue && catalogue.working.busy && opened === null)) && (
        <p className="t3" role="status">
          {words.readings[place]}
        </p>
      )}
      {!isCatalogue && source !== null && items.plan.data !== undefined && items.items.length === 0 && (
        <Empty icon="file" title={words.emptyTitle}>
          {words.empties[place]}
        </Empty>
      )}
      {!isCatalogue && items.items.length > 0 && (
        <ImportList items={items.items} chosen={items.chosen} onChoose={items.pick} />
      )}
      {!isCatalogue && items.newSignIns.map((center) => <NewSignIn key={center.name} center={center} />)}
      {!isCatalogue && items.keys.length > 0 && (
        <Check
          label={words.move(plaintextKeys(items.keys), vaultName)}
          checked={items.moves}
          onChange={items.setMoves}
        />
      )}
      {isCatalogue && opened !== null && (
        <CataloguePlanView plan={opened.plan} overwrite={catalogue.overwrite} onOverwrite={catalogue.setOverwrite} />
      )}
    </Dialog>
  )
}

/** That a tool is not used here is no failure. */
function NotRead({ error, onRetry }: { error: HallpassError; onRetry: () => void }) {
  const again = <Button onClick={onRetry}>{strings.tryAgain}</Button>
  if (error.code !== 'import.nothing-there') return <ErrorNotice error={error} actions={again} />
  return (
    <Empty icon="file" title={error.message} actions={again}>
      {error.hint}
    </Empty>
  )
}

/** null while there is nothing to look at. */
function sourceOf(place: ImportPlace, withProgram: boolean, { text, from }: SwitchRolesFields): ImportSource | null {
  switch (place) {
    case 'aws-files':
    case 'leapp':
      return { kind: place }
    case 'aws-vault':
      return { kind: place, withProgram }
    case 'switch-roles':
      return text === '' ? null : { kind: place, text, ...(from === '' ? {} : { from }) }
    default:
      return null
  }
}
