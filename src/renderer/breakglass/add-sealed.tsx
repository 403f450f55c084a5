/**
 * Sealing an emergency user: from the file the AWS console gave, whose secrets stay in main, or by hand, where each is
 * read from its field once, sent, and cleared.
 */
import { useEffect, useRef, useState } from 'react'
import { passwordField, type SealedCredential, signInUrlField, userNameField } from '#shared/breakglass.ts'
import { environmentField, nameField, totpSeedField } from '#shared/fields.ts'
import type { SealedFileDraft } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { DropCard, FilledCard } from '../components/drop-card.tsx'
import { SecretField, TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { SelectField } from '../components/select.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefreshAll } from '../hooks/use-data.ts'
import { useFileDrop } from '../hooks/use-file-drop.ts'
import { useForm } from '../hooks/use-form.ts'
import { collectErrors, problemWith, problemWithName, problemWithOptional } from '../lib/fields.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { strings } from '../strings.ts'

const words = breakglassStrings.adding
const ENVIRONMENTS = Object.entries(breakglassStrings.environments).map(([value, label]) => ({ value, label }))

export function AddSealed(props: {
  kind: 'file' | 'hand'
  taken: readonly string[]
  vaultName: string
  onClose: () => void
}) {
  const { kind, taken, onClose } = props
  const { fields, problems, setProblems, set } = useForm<
    { name: string; userName: string; url: string; environment: string },
    'password' | 'seed'
  >({ name: '', userName: '', url: '', environment: 'none' })
  const [draft, setDraft] = useState<SealedFileDraft | null>(null)
  const [done, setDone] = useState<SealedCredential | null>(null)
  const password = useRef<HTMLInputElement>(null)
  const seed = useRef<HTMLInputElement>(null)
  const saving = useBusy()
  const reading = useBusy()
  const refresh = useRefreshAll()

  const take = (read: () => Promise<SealedFileDraft | null>): void =>
    void reading.run(async () => {
      const found = await read()
      if (found === null) return
      setDraft(found)
      saving.setFailure(null)
      set({}, (before) => ({
        ...before,
        name: before.name || accountOf(found) || (found.userName ?? ''),
        userName: found.userName ?? before.userName,
      }))
    })
  const pick = (): void => take(() => call('breakglass.pick-file', undefined))
  const over = useFileDrop((path) => take(() => call('breakglass.read-file', { path })))
  const started = useRef(false)
  useEffect(() => {
    if (started.current || kind !== 'file') return
    started.current = true
    pick()
  })

  const save = (): void => {
    const [typed, code] = [password.current?.value ?? '', seed.current?.value ?? '']
    const byHand = draft === null
    const found = collectErrors({
      name: problemWithName(nameField, fields.name.trim(), taken),
      userName: problemWith(userNameField, fields.userName),
      url: problemWithOptional(signInUrlField, fields.url),
      password: byHand ? (typed === '' && code === '' ? words.nothing : problemOf(typed)) : undefined,
      seed: byHand ? problemWithOptional(totpSeedField, code) : undefined,
    })
    setProblems(found ?? {})
    if (found !== null) return
    const environment = environmentField.safeParse(fields.environment)
    const basics = {
      name: fields.name.trim(),
      userName: fields.userName.trim(),
      ...(environment.success ? { environment: environment.data } : {}),
    }
    const request =
      draft === null
        ? {
            ...basics,
            ...(fields.url.trim() === '' ? {} : { signInUrl: fields.url.trim() }),
            ...(typed === '' ? {} : { password: typed }),
            ...(code === '' ? {} : { totpSeed: code }),
          }
        : { ...basics, draftId: draft.draftId }
    for (const field of [password.current, seed.current]) if (field !== null) field.value = ''
    void saving.run(async () => {
      const sealed = await call('breakglass.add', request)
      await refresh()
      if (draft === null) onClose()
      else setDone(sealed)
    })
  }

  if (done !== null && draft !== null) return <FileLeft sealed={done} draft={draft} onClose={onClose} />
  const failure = saving.failure ?? reading.failure
  return (
    <Dialog
      title={kind === 'file' ? words.titleFile : words.titleHand}
      lead={words.lead(props.vaultName)}
      onClose={onClose}
      onSubmit={save}
      footer={
        <FormFooter
          action={words.action}
          busy={saving.busy ? words.busy : undefined}
          disabled={kind === 'file' && draft === null}
          onLeave={onClose}
        />
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
      {kind === 'file' &&
        (draft === null ? (
          <DropCard
            title={words.drop}
            text={words.dropText}
            choose={words.choose}
            over={over}
            busy={reading.busy}
            onChoose={pick}
          />
        ) : (
          <FilledCard
            icon="user"
            title={draft.userName ?? draft.fileName}
            action={
              <Button tone="quiet" onClick={() => setDraft(null)}>
                {words.other}
              </Button>
            }
          >
            {words.holds(holdsOf(draft))} {words.from(draft.fileName)}
          </FilledCard>
        ))}
      {(kind === 'hand' || draft !== null) && (
        <div className="form">
          <TextField
            label={words.name}
            full
            initialFocus
            placeholder="acme-prod"
            value={fields.name}
            problem={problems.name}
            onChange={(name) => set({ name })}
          />
          <TextField
            label={words.userName}
            mono
            placeholder="EmergencyAccess"
            value={fields.userName}
            problem={problems.userName}
            onChange={(userName) => set({ userName })}
          />
          <SelectField
            label={words.environment}
            options={ENVIRONMENTS}
            value={fields.environment}
            placeholder={breakglassStrings.environments.none}
            onChange={(environment) => set({ environment })}
          />
          {draft === null && (
            <>
              <TextField
                label={words.url}
                note={words.optional}
                full
                mono
                placeholder="https://123456789012.signin.aws.amazon.com/console"
                value={fields.url}
                problem={problems.url}
                onChange={(url) => set({ url })}
              />
              <SecretField ref={password} label={words.password} full mono problem={problems.password} />
              <SecretField ref={seed} label={words.seed} note={words.optional} full mono problem={problems.seed} />
            </>
          )}
        </div>
      )}
    </Dialog>
  )
}

const problemOf = (password: string) => (password === '' ? undefined : problemWith(passwordField, password))

function accountOf({ signInUrl }: SealedFileDraft): string {
  const account = /^https:\/\/([a-z0-9-]+)\./.exec(signInUrl ?? '')?.[1] ?? ''
  return /^\d+$/.test(account) ? '' : account
}

function holdsOf({ hasPassword, accessKeyId }: SealedFileDraft): string {
  const { parts } = breakglassStrings
  return [hasPassword ? parts.password : '', accessKeyId === null ? '' : parts['secret-access-key']]
    .filter((part) => part !== '')
    .join(', ')
    .toLowerCase()
}

/** The file still holds the secret: one press deletes it. */
function FileLeft(props: { sealed: SealedCredential; draft: SealedFileDraft; onClose: () => void }) {
  const { draft, onClose } = props
  const deleting = useBusy()
  const [isGone, setGone] = useState(false)
  const remove = (): void =>
    void deleting.run(async () => {
      await call('breakglass.delete-file', { draftId: draft.draftId })
      setGone(true)
    })
  return (
    <Dialog
      title={words.doneTitle(props.sealed.name)}
      size="sm"
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          {!isGone && <Button onClick={onClose}>{words.keep}</Button>}
          {isGone ? (
            <Button tone="primary" initialFocus shortcut="⏎" onClick={onClose}>
              {strings.done}
            </Button>
          ) : (
            <Button tone="primary" initialFocus busy={deleting.busy ? words.deleteFile : undefined} onClick={remove}>
              {words.deleteFile}
            </Button>
          )}
        </>
      }
    >
      {deleting.failure !== null && <ErrorNotice error={deleting.failure} />}
      {isGone ? (
        <Notice title={words.deleted} icon="check" />
      ) : (
        <Notice tone="caution" title={words.doneFile(draft.fileName)}>
          {words.doneFileHint}
        </Notice>
      )}
    </Dialog>
  )
}
