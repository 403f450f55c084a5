/** Where a catalogue is, and those that were taken in before. */
import type { IdentityDetail } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { SelectField } from '../components/select.tsx'
import { movingInStrings } from '../strings/moving-in.ts'
import { strings } from '../strings.ts'
import { type CatalogueState, isGit, isS3 } from './use-catalogue.ts'

const words = movingInStrings.catalogue

export function CatalogueForm(props: {
  state: CatalogueState
  identities: readonly IdentityDetail[]
  roles: readonly RoleRow[]
}) {
  const { state, identities, roles } = props
  const { fields, set } = state
  const named = (list: readonly { readonly name: string }[]) => list.map(({ name }) => ({ value: name, label: name }))
  return (
    <>
      <div className="form">
        <TextField
          label={words.place}
          full
          mono
          initialFocus
          value={fields.place}
          placeholder={words.placeholder}
          hint={
            <>
              {words.hint}
              <button type="button" className="linkbtn" onClick={state.pick}>
                {words.file}
              </button>
              .
            </>
          }
          onChange={(place) => set({ place })}
        />
        {isGit(fields.place) && (
          <TextField
            label={words.path}
            note={strings.optional}
            mono
            value={fields.path}
            placeholder={words.pathPlaceholder}
            onChange={(path) => set({ path })}
          />
        )}
        {isS3(fields.place) && (
          <SelectField
            label={words.with}
            options={named([...roles, ...identities])}
            value={fields.with}
            placeholder={words.with}
            onChange={(reader) => set({ with: reader })}
          />
        )}
        {identities.length > 1 && (
          <SelectField
            label={words.from}
            options={named(identities)}
            value={fields.from}
            placeholder={words.fromPick}
            onChange={(from) => set({ from })}
          />
        )}
      </div>
      {state.opened === null && state.known.length > 0 && (
        <section aria-label={words.known}>
          <h3 className="imports__h">{words.known}</h3>
          <ul className="card imports__list">
            {state.known.map(({ name, source, roles: count }) => (
              <li key={name} className="imports__row imports__row--act">
                <span className="imports__t grow">
                  <strong className="cut">{name}</strong>
                  <span className="imports__s">
                    <span className="mono">{source.place}</span>
                    <span>{words.roles(count)}</span>
                  </span>
                </span>
                <span className="btns">
                  <Button tone="quiet" label={words.forgetOf(name)} onClick={() => state.forget(name)}>
                    {words.forget}
                  </Button>
                  <Button label={words.pullOf(name)} onClick={() => state.pull(name)}>
                    {words.pull}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {state.opened === null && roles.length > 0 && (
        <p>
          <button type="button" className="linkbtn" onClick={state.export}>
            {words.export}
          </button>
        </p>
      )}
    </>
  )
}
