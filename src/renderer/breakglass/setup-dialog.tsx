/** The set-up of emergency access: what is wanted, what that means in the account, and how far it is. */
import { useEffect, useState } from 'react'
import type {
  PlanStep,
  SetupChoices,
  SetupInput,
  SetupPlan,
  SetupResult,
  SetupStepId,
} from '#shared/breakglass-setup.ts'
import type { IdentityDetail } from '#shared/models.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Check, SelectField } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { Icon } from '../components/icon.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useForm } from '../hooks/use-form.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { strings } from '../strings.ts'

const words = breakglassStrings.setup

interface Fields {
  readonly from: string
  readonly user: string
  readonly group: string
  readonly role: string
  readonly policy: string
  readonly withMfa: boolean
  readonly roleNeedsMfa: boolean
  readonly withAccessKey: boolean
}

export function SetupDialog(props: {
  identities: readonly IdentityDetail[]
  /** Choices of a set-up that was interrupted. */
  resume: SetupChoices | undefined
  onClose: () => void
}) {
  const { identities, resume, onClose } = props
  const { fields, set } = useForm<Fields>({
    from: resume?.from ?? identities[0]?.name ?? '',
    user: resume?.user ?? 'EmergencyAccess',
    group: resume?.group ?? 'EmergencyAccessGroup',
    role: resume === undefined ? 'SupportUserRole' : (resume.role ?? ''),
    policy: resume === undefined ? 'PowerUserExamplePolicy' : (resume.policy ?? ''),
    withMfa: resume?.withMfa ?? true,
    roleNeedsMfa: resume?.roleNeedsMfa ?? false,
    withAccessKey: resume?.withAccessKey ?? false,
  })
  const [plan, setPlan] = useState<SetupPlan | null>(null)
  const [result, setResult] = useState<SetupResult | null>(null)
  const [progress, setProgress] = useState<ReadonlyMap<SetupStepId, 'begun' | 'done'>>(new Map())
  const working = useBusy()
  const refresh = useRefresh()
  useEffect(
    () =>
      window.hallpass.on('breakglass.progress', ({ step, state }) =>
        setProgress((before) => new Map(before).set(step, state)),
      ),
    [],
  )
  const input: SetupInput = {
    from: fields.from,
    ...(resume?.name === undefined ? {} : { name: resume.name }),
    user: fields.user.trim(),
    group: fields.group.trim(),
    role: fields.role.trim() || null,
    policy: fields.policy.trim() || null,
    withMfa: fields.withMfa || fields.roleNeedsMfa,
    roleNeedsMfa: fields.roleNeedsMfa,
    withAccessKey: fields.withAccessKey,
  }
  const read = (): void => void working.run(async () => setPlan(await call('breakglass.plan', input)))
  const apply = (): void =>
    void working.run(async () => {
      setProgress(new Map())
      try {
        setResult(await call('breakglass.set-up', input))
      } finally {
        await refresh()
      }
    })

  if (result !== null) return <SetupDone result={result} onClose={onClose} />
  if (plan === null) {
    return (
      <Dialog
        title={words.title}
        lead={words.lead}
        onClose={onClose}
        onSubmit={read}
        footer={
          <FormFooter
            action={words.read}
            busy={working.busy ? words.reading : undefined}
            disabled={fields.from === ''}
            onLeave={onClose}
          />
        }
      >
        {working.failure !== null && <ErrorNotice error={working.failure} />}
        {identities.length === 0 ? (
          <Notice tone="caution" title={words.none} />
        ) : (
          <SetupForm fields={fields} identities={identities} onChange={set} />
        )}
      </Dialog>
    )
  }
  const isDone = plan.steps.every(({ state }) => state !== 'to-do')
  return (
    <Dialog
      title={words.planTitle(plan.accountAlias ?? plan.accountId)}
      lead={isDone ? words.nothing : working.busy ? words.safe : words.planLead}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button tone="quiet" disabled={working.busy} onClick={() => setPlan(null)}>
            {words.back}
          </Button>
          <span className="grow" />
          <Button shortcut="Esc" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button tone="primary" initialFocus busy={working.busy ? words.applying : undefined} onClick={apply}>
            {isDone ? words.check : words.apply}
          </Button>
        </>
      }
    >
      {working.failure !== null && <ErrorNotice error={working.failure} />}
      <ul className="plan">
        {plan.steps.map((step) => (
          <PlanRow key={step.id} step={step} progress={progress.get(step.id)} />
        ))}
      </ul>
    </Dialog>
  )
}

function SetupForm(props: {
  fields: Fields
  identities: readonly IdentityDetail[]
  onChange: (change: Partial<Fields>) => void
}) {
  const { fields, identities, onChange } = props
  return (
    <>
      <div className="form">
        <div className="full">
          <SelectField
            label={words.from}
            options={identities.map(({ name, accountId }) => ({ value: name, label: name, note: accountId ?? '' }))}
            value={fields.from}
            placeholder={words.choose}
            onChange={(from) => onChange({ from })}
          />
        </div>
        <TextField label={words.user} mono value={fields.user} onChange={(user) => onChange({ user })} />
        <TextField label={words.group} mono value={fields.group} onChange={(group) => onChange({ group })} />
        <TextField
          label={words.role}
          mono
          hint={words.empty}
          value={fields.role}
          onChange={(role) => onChange({ role })}
        />
        <TextField
          label={words.policy}
          mono
          hint={words.empty}
          value={fields.policy}
          onChange={(policy) => onChange({ policy })}
        />
      </div>
      <div className="checks">
        <Check label={words.mfa} checked={fields.withMfa} onChange={(withMfa) => onChange({ withMfa })} />
        <Check
          label={words.roleMfa}
          checked={fields.roleNeedsMfa}
          onChange={(roleNeedsMfa) => onChange({ roleNeedsMfa, ...(roleNeedsMfa ? { withMfa: true } : {}) })}
        />
        <Check
          label={words.key}
          checked={fields.withAccessKey}
          onChange={(withAccessKey) => onChange({ withAccessKey })}
        />
      </div>
      {fields.withAccessKey && (
        <Notice tone="caution" title={words.keyAdvice}>
          {words.keyAdviceMore}
        </Notice>
      )}
    </>
  )
}

function PlanRow({ step, progress }: { step: PlanStep; progress: 'begun' | 'done' | undefined }) {
  const { id, subject, state, reason, calls } = step
  const isMade = progress === 'done'
  return (
    <li className="plan__row">
      {progress === 'begun' ? (
        <i className="spin" />
      ) : (
        <Icon name={isMade || state === 'exists' ? 'check' : state === 'differs' ? 'info' : 'plus'} />
      )}
      <div className="plan__t">
        <strong>{words.steps[id]}</strong> <span className="mono t2 cut">{subject}</span>
        <small className="cut">{reason ?? words.calls(calls.map(({ operation }) => operation).join(', '))}</small>
      </div>
      <span className={state === 'to-do' && !isMade ? 'plan__s caution' : 'plan__s t3'}>
        {isMade ? words.states.exists : words.states[state]}
      </span>
    </li>
  )
}

function SetupDone({ result, onClose }: { result: SetupResult; onClose: () => void }) {
  return (
    <Dialog
      title={words.doneTitle(result.name)}
      {...(result.made.length === 0 ? { lead: words.doneNothing } : {})}
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button tone="primary" initialFocus shortcut="⏎" onClick={onClose}>
            {words.done}
          </Button>
        </>
      }
    >
      <ul className="plan">
        {result.checks.map(({ what, ok, note }) => (
          <li key={what} className="plan__row">
            <Icon name={ok ? 'check' : 'alert'} />
            <div className="plan__t">
              <strong>{words.checks[what]}</strong>
              {note !== null && <small className="cut">{note}</small>}
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
