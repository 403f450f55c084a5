/** Opens a role's console with everything chosen: the link, where it leads, and the browser. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FoundBrowsers } from '#shared/console.ts'
import { serviceById } from '#shared/console-services.ts'
import type { ConsoleDoorsView } from '#shared/ipc.ts'
import { partitionById } from '#shared/partitions.ts'
import { regionsOf } from '#shared/regions.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { ComboField } from '../components/combo-field.tsx'
import { Dialog } from '../components/dialog.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { SelectField } from '../components/select.tsx'
import { showToast } from '../components/toast.tsx'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import {
  type ConsoleFields,
  choiceOf,
  destinationOf,
  emptyConsole,
  isAddress,
  placeOf,
  scopeOf,
  servicesFor,
} from '../lib/console-form.ts'
import { accountInFours } from '../lib/format.ts'
import { strings } from '../strings.ts'
import { BrowserFields } from './browser-fields.tsx'
import { DoorChoice } from './door-choice.tsx'

const words = strings.doors
const HOURS = ['1', '2', '4', '8', '12']
/** What stands for "as long as the credentials" in the list of hours. */
const NO_HOURS = 'none'

export function OpenConsole({ role }: { role: RoleRow }) {
  const { closeConsole } = useRoleActions()
  const { name } = role
  const doors = useQuery({
    queryKey: ['console.doors', name],
    queryFn: () => call('console.doors', { name }),
    gcTime: 0,
  })
  const browsers = useQuery({ queryKey: ['console.browsers'], queryFn: () => call('console.browsers', undefined) })
  const error = doors.error ?? browsers.error
  if (doors.data !== undefined && browsers.data !== undefined) {
    return <ConsoleForm role={role} view={doors.data} found={browsers.data} />
  }
  return (
    <Dialog
      title={words.title}
      lead={leadOf(role)}
      environment={role.environment}
      size="lg"
      onClose={closeConsole}
      footer={<Leave onLeave={closeConsole} />}
    >
      {error === null ? <p className="t3">{words.reading}</p> : <ErrorNotice error={toHallpassError(error)} />}
    </Dialog>
  )
}

function ConsoleForm({ role, view, found }: { role: RoleRow; view: ConsoleDoorsView; found: FoundBrowsers }) {
  const actions = useRoleActions()
  const [fields, setFields] = useState(() => emptyConsole(view))
  const { busy, failure, run } = useBusy()
  const { name } = role
  const set = (change: Partial<ConsoleFields>): void => setFields((before) => ({ ...before, ...change }))
  const isOpen = view.doors.some(({ possible }) => possible)
  const place = placeOf(fields, view.region)

  const open = (): void =>
    void run(async () => {
      // A destination that is none is said here, before there is a session for it.
      await call('console.destination', { name, ...place })
      const choice = choiceOf(fields)
      const scope = scopeOf(fields, view)
      if (scope !== undefined) await call('console.remember-browser', { for: scope, use: choice })
      actions.closeConsole()
      const takesHours = fields.door === 'sign-in' && view.takesDuration && fields.hours !== ''
      actions.openConsole(role, fields.door, {
        ...place,
        browser: choice,
        ...(takesHours ? { sessionDurationSeconds: Number(fields.hours) * 3600 } : {}),
      })
    })
  const copy = (): void =>
    void run(async () => {
      if (fields.door === 'sign-in') return
      await call('console.copy-link', { name, door: fields.door, ...place })
      showToast(strings.copied(words.titles[fields.door]))
    })

  return (
    <Dialog
      title={words.title}
      lead={leadOf(role)}
      environment={role.environment}
      size="lg"
      onClose={actions.closeConsole}
      {...(isOpen ? { onSubmit: open } : {})}
      footer={
        <>
          {isOpen && fields.door !== 'sign-in' && (
            <Button icon="copy" onClick={copy}>
              {words.copy}
            </Button>
          )}
          <Leave onLeave={actions.closeConsole} />
          {isOpen && (
            <Button tone="primary" type="submit" icon="open" busy={busy ? words.checking : undefined}>
              {words.open}
            </Button>
          )}
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
      {isOpen ? (
        <div className="form">
          <DoorChoice doors={view.doors} value={fields.door} onChange={(door) => set({ door })} />
          <PlaceFields fields={fields} set={set} view={view} />
          {fields.door === 'sign-in' && view.takesDuration && (
            <SelectField
              label={words.duration}
              placeholder={words.asCredentials}
              options={[
                { value: NO_HOURS, label: words.asCredentials },
                ...HOURS.map((hours) => ({ value: hours, label: words.hours(Number(hours)) })),
              ]}
              value={fields.hours || NO_HOURS}
              onChange={(value) => set({ hours: value === NO_HOURS ? '' : value })}
            />
          )}
          <BrowserFields fields={fields} set={set} found={found} view={view} account={accountOf(role)} />
        </div>
      ) : (
        <Notice tone="caution" title={words.noneOpen}>
          {view.doors[0]?.reason.text}
        </Notice>
      )}
    </Dialog>
  )
}

function PlaceFields(props: {
  fields: ConsoleFields
  set: (change: Partial<ConsoleFields>) => void
  view: ConsoleDoorsView
}) {
  const { fields, set, view } = props
  const services = servicesFor(fields.destination)
  const destination = destinationOf(fields.destination)
  const address = isAddress(fields.destination)
  const isUnknown = destination !== undefined && !address && serviceById(destination) === undefined
  const hint = !isUnknown
    ? words.destinationHint
    : /^[a-z][a-z0-9-]*$/.test(destination)
      ? words.unknownService(destination)
      : words.noService
  const regions = regionsOf(partitionById(view.partition)?.id ?? 'aws')
  const typed = fields.region.trim().toLowerCase()
  const isKnown = regions.some(({ id }) => id === typed)
  return (
    <>
      <ComboField
        label={words.destination}
        hint={hint}
        placeholder={words.destinationPlaceholder}
        initialFocus
        options={services}
        value={fields.destination}
        onChange={(text) => set({ destination: text })}
      />
      <ComboField
        label={words.region}
        options={regions
          .filter(({ id, place }) => isKnown || `${id} ${place}`.toLowerCase().includes(typed))
          .map(({ id, place }) => ({ id, label: id, note: place }))}
        disabled={address}
        value={address ? words.regionOfAddress : fields.region}
        onChange={(region) => {
          if (!address) set({ region })
        }}
      />
    </>
  )
}

function Leave({ onLeave }: { onLeave: () => void }) {
  return (
    <>
      <span className="grow" />
      <Button shortcut="Esc" onClick={onLeave}>
        {strings.cancel}
      </Button>
    </>
  )
}

function leadOf(role: RoleRow): string {
  return words.lead(role.name, accountOf(role))
}

function accountOf({ accountName, accountId }: RoleRow): string {
  return accountName ?? accountInFours(accountId).join(' ')
}
