/** Chosen sealed credentials into one encrypted file. Passphrases are read from their fields once, and cleared. */
import { useRef, useState } from 'react'
import type { SealedCredential } from '#shared/breakglass.ts'
import { reasonField } from '#shared/breakglass.ts'
import { call } from '../bridge.ts'
import { Check } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FieldMessage, SecretField, TextArea, TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { SelectField } from '../components/select.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useForm } from '../hooks/use-form.ts'
import { collectErrors, problemWith } from '../lib/fields.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { kitStrings } from '../strings/kit.ts'

const words = kitStrings.export
const WAYS = Object.entries(words.ways).map(([value, label]) => ({ value, label }))

export function ExportKit(props: {
  credentials: readonly SealedCredential[]
  /** Ticked at first. */
  chosen: string
  onClose: () => void
}) {
  const { credentials, onClose } = props
  const [names, setNames] = useState<ReadonlySet<string>>(new Set([props.chosen]))
  const { fields, problems, setProblems, set } = useForm<
    { reason: string; way: string; recipients: string },
    'names' | 'confirm' | 'passphrase' | 'again'
  >({ reason: '', way: 'passphrase', recipients: '' })
  const [sheet, setSheet] = useState(true)
  const passphrase = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const writing = useBusy()
  /** The names of those of production, as they are typed. */
  const [typedNames, setTypedNames] = useState<Readonly<Record<string, string>>>({})
  const production = credentials.filter(({ name, environment }) => names.has(name) && environment === 'prod')
  const isUnconfirmed = ({ name }: SealedCredential) => typedNames[name]?.trim() !== name
  const byPassphrase = fields.way === 'passphrase'

  const write = (): void => {
    const typed = passphrase.current?.value ?? ''
    const recipients = fields.recipients.split(/\s+/).filter((line) => line !== '')
    const found = collectErrors({
      names: names.size === 0 ? words.none : undefined,
      reason: problemWith(reasonField, fields.reason),
      confirm: production.some(isUnconfirmed) ? breakglassStrings.break.notTheName : undefined,
      again: byPassphrase && again.current?.value !== typed ? words.notTheSame : undefined,
      recipients: !byPassphrase && recipients.length === 0 ? words.noRecipient : undefined,
    })
    setProblems(found ?? {})
    if (found !== null) return
    void writing.run(async () => {
      const lock = byPassphrase ? { passphrase: typed } : { recipients }
      const confirmed = production.map(({ name }) => name)
      const written = await call('kit.export', { names: [...names], reason: fields.reason, confirmed, lock, sheet })
      if (written === null) return
      for (const field of [passphrase.current, again.current]) if (field !== null) field.value = ''
      showToast(
        written.sheetProblem === null
          ? words.done(written.fileName, written.sheetName)
          : words.doneWithoutSheet(written.fileName, written.sheetProblem),
      )
      onClose()
    })
  }
  return (
    <Dialog
      title={words.title}
      lead={words.lead}
      onClose={onClose}
      onSubmit={write}
      footer={<FormFooter action={words.action} busy={writing.busy ? words.busy : undefined} onLeave={onClose} />}
    >
      {writing.failure !== null && <ErrorNotice error={writing.failure} />}
      <fieldset className="ticks">
        <legend className="label">{words.what}</legend>
        {credentials.map(({ name }) => (
          <Check
            key={name}
            label={name}
            checked={names.has(name)}
            onChange={(isOn) => setNames((before) => toggled(before, name, isOn))}
          />
        ))}
        {problems.names !== undefined && <FieldMessage problem={problems.names} />}
      </fieldset>
      {production.map((credential) => (
        <TextField
          key={credential.name}
          label={breakglassStrings.break.confirm(credential.name)}
          value={typedNames[credential.name] ?? ''}
          problem={isUnconfirmed(credential) ? problems.confirm : undefined}
          onChange={(typed) => setTypedNames((before) => ({ ...before, [credential.name]: typed }))}
        />
      ))}
      <TextField
        label={words.why}
        note={words.whyNote}
        initialFocus
        placeholder={words.placeholder}
        value={fields.reason}
        problem={problems.reason}
        onChange={(reason) => set({ reason })}
      />
      <div className="form">
        <div className="full">
          <SelectField
            label={words.opensFor}
            options={WAYS}
            value={fields.way}
            placeholder={words.ways.passphrase}
            onChange={(way) => set({ way })}
          />
        </div>
        {byPassphrase ? (
          <>
            <SecretField ref={passphrase} label={words.passphrase} hint={words.passphraseHint} />
            <SecretField ref={again} label={words.again} problem={problems.again} />
          </>
        ) : (
          <div className="full">
            <TextArea
              label={words.recipients}
              mono
              hint={words.recipientsHint}
              value={fields.recipients}
              problem={problems.recipients}
              onChange={(recipients) => set({ recipients })}
            />
          </div>
        )}
      </div>
      <Check label={words.sheet} checked={sheet} onChange={setSheet} />
    </Dialog>
  )
}

/** The same with one more, or one less. */
export function toggled(names: ReadonlySet<string>, name: string, isOn: boolean): ReadonlySet<string> {
  const next = new Set(names)
  if (isOn) next.add(name)
  else next.delete(name)
  return next
}
