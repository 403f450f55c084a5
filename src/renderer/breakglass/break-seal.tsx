/** Asks for the reason a seal is broken for, and says what will be recorded. In production its name is typed. */
import type { SealedCredential } from '#shared/breakglass.ts'
import { reasonField } from '#shared/breakglass.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextArea, TextField } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefreshAll } from '../hooks/use-data.ts'
import { useForm } from '../hooks/use-form.ts'
import { collectErrors, problemWith } from '../lib/fields.ts'
import { accountInFours } from '../lib/format.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { strings } from '../strings.ts'

const words = breakglassStrings.break

export function BreakSeal(props: {
  credential: SealedCredential
  minutes: number
  onClose: () => void
  onOpened: (name: string) => void
}) {
  const { credential, onClose } = props
  const isProduction = credential.environment === 'prod'
  const { fields, problems, setProblems, set } = useForm({ reason: '', confirm: '' })
  const opening = useBusy()
  const refresh = useRefreshAll()
  const open = (): void => {
    const found = collectErrors({
      reason: problemWith(reasonField, fields.reason),
      confirm: isProduction && fields.confirm.trim() !== credential.name ? words.notTheName : undefined,
    })
    setProblems(found ?? {})
    if (found !== null) return
    const confirm = isProduction ? { confirm: credential.name } : {}
    void opening.run(async () => {
      const { name } = await call('breakglass.open', { name: credential.name, reason: fields.reason, ...confirm })
      await refresh()
      props.onOpened(name)
    })
  }
  return (
    <Dialog
      title={words.title(credential.name)}
      lead={words.lead(credential.userName, accountOf(credential), props.minutes)}
      environment={credential.environment}
      onClose={onClose}
      onSubmit={open}
      footer={
        <>
          <span className="grow" />
          <Button shortcut="Esc" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button tone={isProduction ? 'prod' : 'primary'} type="submit" busy={opening.busy ? words.busy : undefined}>
            {words.action}
          </Button>
        </>
      }
    >
      {opening.failure !== null && <ErrorNotice error={opening.failure} />}
      <TextArea
        label={words.why}
        note={words.whyNote}
        initialFocus
        value={fields.reason}
        problem={problems.reason}
        hint={words.whyHint}
        placeholder={words.placeholder}
        onChange={(reason) => set({ reason: reason.replaceAll(/\s*\n\s*/g, ' ') })}
      />
      {isProduction && (
        <TextField
          label={words.confirm(credential.name)}
          value={fields.confirm}
          problem={problems.confirm}
          onChange={(confirm) => set({ confirm })}
        />
      )}
      <div>
        <p className="label">{words.recorded}</p>
        <ul className="recs recs--one">
          {words.records.map(([icon, text]) => (
            <li key={icon}>
              <Icon name={icon} />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

/** In words, for a sentence. */
function accountOf({ accountName, accountAlias, accountId }: SealedCredential): string {
  const name = accountName ?? accountAlias
  if (accountId === null) return name ?? words.someAccount
  const id = accountInFours(accountId).join('\u00a0')
  return name === null ? words.account(id) : `${name} (${id})`
}
