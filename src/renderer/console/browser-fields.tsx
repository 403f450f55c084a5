/** In which browser the console opens: its profile, a container or a private window, and for whom that is remembered. */
import type { FoundBrowsers } from '#shared/console.ts'
import type { ConsoleDoorsView } from '#shared/ipc.ts'
import { Check, Segmented } from '../components/choice.tsx'
import { SelectField } from '../components/select.tsx'
import { browserOf, type ConsoleFields, containersOf, SYSTEM } from '../lib/console-form.ts'
import { environmentLabel } from '../lib/environment.ts'
import { strings } from '../strings.ts'

const words = strings.doors

export function BrowserFields(props: {
  fields: ConsoleFields
  set: (change: Partial<ConsoleFields>) => void
  found: FoundBrowsers
  view: ConsoleDoorsView
  account: string
}) {
  const { fields, set, found, view, account } = props
  const browser = browserOf(found, fields.browser)
  const containers = containersOf(browser, fields.profile)
  // A browser that was remembered and is gone is still named, so that it can be changed.
  const gone =
    fields.browser !== SYSTEM && browser === undefined ? [{ value: fields.browser, label: fields.browser }] : []
  return (
    <>
      <SelectField
        label={words.browser}
        placeholder={words.systemBrowser}
        options={[
          { value: SYSTEM, label: words.systemBrowser },
          ...found.browsers.map(({ id, title }) => ({ value: id, label: title })),
          ...gone,
        ]}
        value={fields.browser}
        onChange={(value) => set({ browser: value, profile: '', container: '', isPrivate: false })}
      />
      {browser !== undefined && browser.profiles.length > 0 ? (
        <SelectField
          label={words.profile}
          placeholder={words.ownProfile}
          options={[
            { value: SYSTEM, label: words.ownProfile },
            ...browser.profiles.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          value={fields.profile || SYSTEM}
          onChange={(value) => set({ profile: value === SYSTEM ? '' : value, container: '' })}
        />
      ) : (
        <div />
      )}
      {containers.length > 0 && !fields.isPrivate && (
        <SelectField
          label={words.container}
          hint={fields.container === '' ? undefined : words.containerHint}
          placeholder={words.noContainer}
          options={[
            { value: SYSTEM, label: words.noContainer },
            ...containers.map((name) => ({ value: `:${name}`, label: name })),
          ]}
          value={fields.container === '' ? SYSTEM : `:${fields.container}`}
          onChange={(value) => set({ container: value === SYSTEM ? '' : value.slice(1) })}
        />
      )}
      {browser?.canBePrivate && fields.container === '' && (
        <div className="full">
          <Check
            label={words.private}
            checked={fields.isPrivate}
            onChange={(isPrivate) => set({ isPrivate, container: '' })}
          />
        </div>
      )}
      {found.notes.map((note) => (
        <p key={note} className="hint hint--caution full">
          {note}
        </p>
      ))}
      <div className="full">
        <span className="label">{words.remember}</span>
        <Segmented<ConsoleFields['remember']>
          label={words.remember}
          wide
          value={fields.remember}
          segments={[
            { value: 'no', label: words.onlyNow },
            ...(view.accountId === null ? [] : [{ value: 'account' as const, label: words.forAccount(account) }]),
            ...(view.environment === null
              ? []
              : [{ value: 'environment' as const, label: words.forAccount(environmentLabel(view.environment)) }]),
          ]}
          onChange={(remember) => set({ remember })}
        />
      </div>
    </>
  )
}
