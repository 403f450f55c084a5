/** Edits several roles with one confirmation: the dialog lists what changes before its button does it, and a toast undoes it. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RoleChange } from '#shared/role-changes.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Segmented } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Diff } from '../components/diff.tsx'
import { TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { Notice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useForm } from '../hooks/use-form.ts'
import {
  type BulkFields,
  bulkChanges,
  changeLines,
  checkBulk,
  isUnchanged,
  leavingProduction,
  UNCHANGED,
} from '../lib/bulk-form.ts'
import { ENVIRONMENTS, environmentLabel } from '../lib/environment.ts'
import { namesOf } from '../lib/several-roles.ts'
import { strings } from '../strings.ts'
import { RefusedRoles } from './refused-roles.tsx'

const words = strings.bulkEdit

export function BulkEdit(props: { roles: readonly RoleRow[]; onClose: () => void }) {
  const { onClose } = props
  // Those it was opened for: the list goes on changing behind it.
  const [roles, setRoles] = useState(props.roles)
  const { fields, problems, setProblems, set } = useForm<BulkFields>(UNCHANGED)
  const { busy, failure, setFailure, run } = useBusy()
  const refresh = useRefresh()
  const ready = !isUnchanged(fields) && checkBulk(fields) === null
  const changes = ready ? bulkChanges(fields, roles) : []
  const plan = useQuery({
    queryKey: ['roles.plan-many', changes],
    queryFn: () => call('roles.plan-many', changes),
    enabled: ready,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })

  const save = (): void => {
    const found = checkBulk(fields)
    setProblems(found ?? {})
    if (found !== null || isUnchanged(fields)) return
    void run(async () => {
      const undo = await call('roles.edit-many', changes)
      await refresh()
      onClose()
      if (undo.length === 0) return
      showToast(words.changed(undo.length), { label: strings.undo, run: () => void takeBack(undo, refresh) })
    })
  }

  const leaveOut = (names: readonly string[]): void => {
    setFailure(null)
    setRoles(roles.filter(({ name }) => !names.includes(name)))
  }

  const problem = failure ?? (ready && plan.isError ? toHallpassError(plan.error) : null)
  return (
    <Dialog
      title={words.title(roles.length)}
      lead={`${namesOf(roles)}. ${words.lead}`}
      size="lg"
      onClose={onClose}
      onSubmit={save}
      footer={
        <FormFooter
          action={words.action(ready ? (plan.data?.roles.length ?? 0) : 0)}
          busy={busy ? words.changing : undefined}
          disabled={!ready || plan.data === undefined || plan.isError || plan.data.roles.length === 0}
          onLeave={onClose}
        />
      }
    >
      <div className="bulk">
        <Choice
          label={words.written}
          value={fields.written}
          choices={words.writtenChoices}
          onChange={(written) => set({ written })}
        />
        <Choice
          label={words.region}
          value={fields.regionChoice}
          choices={{ leave: words.leave, default: words.regionDefault, set: words.set }}
          onChange={(regionChoice) => set({ regionChoice })}
        />
        {fields.regionChoice === 'set' && (
          <TextField
            label={words.newRegion}
            mono
            placeholder="eu-west-1"
            value={fields.region}
            problem={problems.region}
            onChange={(region) => set({ region })}
          />
        )}
        <Choice
          label={words.duration}
          value={fields.durationChoice}
          choices={{ leave: words.leave, default: words.durationDefault, set: words.set }}
          onChange={(durationChoice) => set({ durationChoice })}
        />
        {fields.durationChoice === 'set' && (
          <TextField
            label={words.newDuration}
            placeholder="1h"
            value={fields.duration}
            problem={problems.duration}
            onChange={(duration) => set({ duration })}
          />
        )}
        <Choice
          label={words.environment}
          value={fields.environment}
          choices={{
            leave: words.leave,
            ...(Object.fromEntries(ENVIRONMENTS.map((one) => [one, environmentLabel(one)])) as Record<
              (typeof ENVIRONMENTS)[number],
              string
            >),
            account: words.environmentNone,
          }}
          onChange={(environment) => set({ environment })}
        />
        <Choice
          label={words.renewal}
          value={fields.renewal}
          choices={words.renewalChoices}
          onChange={(renewal) => set({ renewal })}
        />
      </div>
      <section className="sec bulk__plan" aria-live="polite" aria-busy={plan.isFetching}>
        <h3 className="sec__h">{words.changes}</h3>
        {problem !== null && <RefusedRoles error={problem} changes={changes} onLeaveOut={leaveOut} />}
        {problem === null && <Plan fields={fields} roles={roles} plan={ready ? plan.data : undefined} />}
      </section>
    </Dialog>
  )
}

function Plan(props: {
  fields: BulkFields
  roles: readonly RoleRow[]
  plan: Awaited<ReturnType<typeof call<'roles.plan-many'>>> | undefined
}) {
  const { fields, roles, plan } = props
  const lines = plan === undefined ? [] : changeLines(fields, plan)
  if (plan === undefined || lines.length === 0) return <p className="t3">{words.nothing}</p>
  const leaving = leavingProduction(fields, roles)
  return (
    <>
      <ul className="bulk__lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {plan.ends.length > 0 && (
        <Notice tone="caution" title={words.ends(namesOf(plan.ends.map((name) => ({ name }))))} />
      )}
      {leaving.length > 0 && <Notice tone="caution" title={words.production(namesOf(leaving))} />}
      {plan.diff !== '' && <Diff diff={plan.diff} label={words.files} />}
    </>
  )
}

function Choice<Value extends string>(props: {
  label: string
  value: Value
  choices: Readonly<Record<Value, string>>
  onChange: (value: Value) => void
}) {
  const segments = (Object.entries(props.choices) as [Value, string][]).map(([value, label]) => ({ value, label }))
  return (
    <div className="bulk__choice">
      <span className="line__t">{props.label}</span>
      <Segmented label={props.label} wide value={props.value} segments={segments} onChange={props.onChange} />
    </div>
  )
}

async function takeBack(undo: RoleChange[], refresh: () => Promise<void>): Promise<void> {
  try {
    await call('roles.edit-many', undo)
    showToast(words.restored(undo.length))
  } catch (error) {
    showToast(words.undoFailed(toHallpassError(error).message))
  }
  await refresh()
}
