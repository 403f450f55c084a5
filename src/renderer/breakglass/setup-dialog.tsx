/** The set-up of emergency access: what is wanted, what that means in the account, and how far it is. */
import { useEffect, useState } from 'react'
import {
  type SetupChoices,
  type SetupInput,
  type SetupPlan,
  type SetupResult,
  type SetupStepId,
  setupChoicesSchema,
} from '#shared/breakglass-setup.ts'
import { environmentField } from '#shared/fields.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ActionMenu } from '../components/menu.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefreshAll } from '../hooks/use-data.ts'
import { useForm } from '../hooks/use-form.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { strings } from '../strings.ts'
import { type SetupFields, SetupForm, type Signer } from './setup-form.tsx'
import { PlanRow, SetupDone } from './setup-plan.tsx'

const words = breakglassStrings.setup
const DEFAULTS: Omit<SetupChoices, 'from'> = setupChoicesSchema.omit({ from: true }).parse({})

export function SetupDialog(props: {
  signers: readonly Signer[]
  /** Its set-up is one with a key, so that the whole path is rehearsed. */
  isDrill: boolean
  /** Choices of a set-up that was interrupted. */
  resume: SetupChoices | undefined
  onClose: () => void
}) {
  const { signers, resume, onClose } = props
  const begun = resume ?? {
    ...DEFAULTS,
    from: signers[0]?.name ?? '',
    withMfa: true,
    withAccessKey: props.isDrill,
  }
  const { fields, set } = useForm<SetupFields>({
    ...begun,
    name: begun.name ?? '',
    environment: begun.environment ?? 'none',
    role: begun.role ?? '',
    policy: begun.policy ?? '',
  })
  const [plan, setPlan] = useState<SetupPlan | null>(null)
  const [result, setResult] = useState<SetupResult | null>(null)
  const [progress, setProgress] = useState<ReadonlyMap<SetupStepId, 'begun' | 'done'>>(new Map())
  const working = useBusy()
  const refresh = useRefreshAll()
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
    groupPolicy: fields.groupPolicy.trim(),
    rolePolicy: fields.rolePolicy.trim(),
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
