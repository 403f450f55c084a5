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
import { environmentField } from '#shared/fields.ts'
import type { IdentityDetail } from '#shared/models.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Check, SelectField } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { Icon } from '../components/icon.tsx'
import { ActionMenu } from '../components/menu.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useForm } from '../hooks/use-form.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { strings } from '../strings.ts'

const words = breakglassStrings.setup
const { environments } = breakglassStrings
const ENVIRONMENTS = Object.entries(environments).map(([value, label]) => ({ value, label }))

interface Fields {
  readonly from: string
  /** In Hallpass; empty for the user's. */
  readonly name: string
  readonly environment: string
  readonly user: string
  readonly group: string
  readonly role: string
  readonly policy: string
  readonly withMfa: boolean
  readonly roleNeedsMfa: boolean
  readonly withAccessKey: boolean
}

/** Who can sign, as far as this screen has to know. */
export type Signer = Pick<IdentityDetail, 'name' | 'accountId'>

export function SetupDialog(props: {
  signers: readonly Signer[]
  /** Its set-up is one with a key, so that the whole path is rehearsed. */
  isDrill: boolean
  /** Choices of a set-up that was interrupted. */
  resume: SetupChoices | undefined
  onClose: () => void
}) {
  const { signers, resume, onClose } = props
  const { fields, set } = useForm<Fields>({
    from: resume?.from ?? signers[0]?.name ?? '',
    name: resume?.name ?? '',
    environment: resume?.environment ?? 'none',
    user: resume?.user ?? 'EmergencyAccess',
    group: resume?.group ?? 'EmergencyAccessGroup',
    role: resume === undefined ? 'SupportUserRole' : (resume.role ?? ''),
    policy: resume === undefined ? 'PowerUserExamplePolicy' : (resume.policy ?? ''),
    withMfa: resume?.withMfa ?? true,
    roleNeedsMfa: resume?.roleNeedsMfa ?? false,
    withAccessKey: resume?.withAccessKey ?? props.isDrill,
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
  const environment = environmentField.safeParse(fields.environment)
  const input: SetupInput = {
    from: fields.from,
    ...(fields.name.trim() === '' ? {} : { name: fields.name.trim() }),
    ...(environment.success ? { environment: environment.data } : {}),
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

  const copy = (form: 'commands' | 'cloudformation'): void =>
    void working.run(async () => {
      await call('breakglass.copy-plan', { choices: input, form })
      showToast(words.copiedPlan)
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
        {signers.length === 0 ? (
          <Notice tone="caution" title={words.none} />
        ) : (
          <SetupForm fields={fields} signers={signers} isFixed={resume !== undefined} onChange={set} />
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
          <ActionMenu
            label={words.copyPlan}
            className="btn btn--quiet"
            entries={(['commands', 'cloudformation'] as const).map((form) => ({
              id: form,
              icon: 'copy',
              label: words.forms[form],
              onAction: () => copy(form),
            }))}
          >
            {words.copyPlan}
          </ActionMenu>
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
  signers: readonly Signer[]
  /** What was begun goes on under the name it has. */
  isFixed: boolean
  onChange: (change: Partial<Fields>) => void
}) {
  const { fields, signers, onChange } = props
  return (
    <>
      <div className="form">
        <div className="full">
          <SelectField
            label={words.from}
            options={signers.map(({ name, accountId }) => ({ value: name, label: name, note: accountId ?? '' }))}
            value={fields.from}
            placeholder={words.choose}
            onChange={(from) => onChange({ from })}
          />
        </div>
        {!props.isFixed && (
          <>
            <TextField
              label={words.name}
              value={fields.name}
              placeholder={fields.user}
              onChange={(name) => onChange({ name })}
            />
            <SelectField
              label={words.environment}
              options={ENVIRONMENTS}
              value={fields.environment}
              placeholder={environments.none}
              onChange={(environment) => onChange({ environment })}
            />
          </>
        )}
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
      <div className="ticks">
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
