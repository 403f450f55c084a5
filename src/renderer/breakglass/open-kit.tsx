/** A kit that somebody else made: chosen, opened with what opens it, and sealed here as far as it is wanted. */
import { useEffect, useRef, useState } from 'react'
import type { ChosenKit, KitEntryView } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Check } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FilledCard } from '../components/drop-card.tsx'
import { SecretField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { SelectField } from '../components/select.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefreshAll } from '../hooks/use-data.ts'
import { kitStrings } from '../strings/kit.ts'
import { toggled } from './export-kit.tsx'

const words = kitStrings.open
const WAYS = Object.entries(words.ways).map(([value, label]) => ({ value, label }))

export function OpenKit({ onClose }: { onClose: () => void }) {
  const [kit, setKit] = useState<ChosenKit | null>(null)
  const [way, setWay] = useState('passphrase')
  const [entries, setEntries] = useState<readonly KitEntryView[] | null>(null)
  const [names, setNames] = useState<ReadonlySet<string>>(new Set())
  const key = useRef<HTMLInputElement>(null)
  const working = useBusy()
  const refresh = useRefreshAll()

  const choose = (): void =>
    void working.run(async () => {
      const chosen = await call('kit.choose', undefined)
      if (chosen === null) return
      setKit(chosen)
      setEntries(null)
    })
  const started = useRef(false)
  useEffect(() => {
    if (started.current) return
    started.current = true
    choose()
  })
  const open = (chosen: ChosenKit): void =>
    void working.run(async () => {
      const typed = key.current?.value ?? ''
      const opened = await call('kit.open', {
        kitId: chosen.kitId,
        key: way === 'passphrase' ? { passphrase: typed } : { identity: typed.trim() },
      })
      setEntries(opened.entries)
      setNames(new Set(opened.entries.map(({ name }) => name)))
    })
  const seal = (chosen: ChosenKit): void =>
    void working.run(async () => {
      const sealed = await call('kit.seal', { kitId: chosen.kitId, names: [...names] })
      await refresh()
      showToast(words.done(sealed.names.length))
      onClose()
    })
  const go = (): void => {
    if (kit === null) choose()
    else if (entries === null) open(kit)
    else seal(kit)
  }
  const [action, busy] =
    kit === null
      ? [words.choose, words.choose]
      : entries === null
        ? [words.open, words.opening]
        : [words.action, words.busy]
  return (
    <Dialog
      title={words.title}
      lead={words.lead}
      onClose={onClose}
      onSubmit={go}
      footer={
        <FormFooter
          action={action}
          busy={working.busy ? busy : undefined}
          disabled={entries !== null && names.size === 0}
          onLeave={onClose}
        />
      }
    >
      {working.failure !== null && <ErrorNotice error={working.failure} />}
      {kit !== null && (
        <FilledCard
          icon="file"
          title={kit.fileName}
          action={
            <Button tone="quiet" onClick={choose}>
              {words.other}
            </Button>
          }
        />
      )}
      {kit !== null && entries === null && (
        <div className="form">
          <SelectField
            label={words.opensWith}
            options={WAYS}
            value={way}
            placeholder={words.ways.passphrase}
            onChange={setWay}
          />
          <SecretField ref={key} label={way === 'passphrase' ? words.passphrase : words.identity} initialFocus />
        </div>
      )}
      {entries !== null && (
        <fieldset className="ticks">
          <legend className="label">{words.what}</legend>
          {entries.map(({ name, accountId, isKnown }) => (
            <Check
              key={name}
              label={isKnown ? words.known(name) : words.entry(name, accountId)}
              checked={names.has(name)}
              onChange={(isOn) => setNames((before) => toggled(before, name, isOn))}
            />
          ))}
        </fieldset>
      )}
    </Dialog>
  )
}
