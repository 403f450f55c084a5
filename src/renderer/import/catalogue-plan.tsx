/** What a catalogue changes: role by role, setting by setting, what comes in before what stays. */
import type { CatalogueItem, CataloguePlan } from '#shared/catalogue.ts'
import { Check } from '../components/choice.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import { AccountId } from '../components/marks.tsx'
import { Empty, Notice } from '../components/notice.tsx'
import { splitRoleArn } from '../lib/format.ts'
import { movingInStrings } from '../strings/moving-in.ts'
import { NewSignIn } from './new-sign-in.tsx'

const words = movingInStrings.catalogue
const ORDER: readonly CatalogueItem['outcome'][] = ['new', 'changed', 'gone', 'kept', 'skipped', 'known']
const ICONS: Readonly<Record<CatalogueItem['outcome'], IconName>> = {
  new: 'plus',
  changed: 'edit',
  same: 'check',
  known: 'check',
  gone: 'bin',
  kept: 'check',
  skipped: 'info',
}

/** Roles that taking it in changes. */
export function changesOf({ items }: CataloguePlan): CatalogueItem[] {
  return items.filter(({ outcome }) => outcome === 'new' || outcome === 'changed' || outcome === 'gone')
}

export function CataloguePlanView(props: {
  plan: CataloguePlan
  overwrite: boolean
  onOverwrite: (overwrite: boolean) => void
}) {
  const { plan, overwrite } = props
  const same = plan.items.filter(({ outcome }) => outcome === 'same').length
  const isHandMade = plan.items.some(({ fields }) => fields.some(({ kept }) => kept))
  if (plan.items.length === 0) {
    return (
      <Empty icon="file" title={movingInStrings.emptyTitle}>
        {movingInStrings.empties.catalogue}
      </Empty>
    )
  }
  return (
    <div className="imports">
      {same === plan.items.length && plan.accounts.length === 0 && <Notice icon="check" title={words.upToDate} />}
      {ORDER.map((outcome) => {
        const items = plan.items.filter((item) => item.outcome === outcome)
        if (items.length === 0) return null
        return (
          <section key={outcome} aria-label={words.outcomes[outcome]}>
            <h3 className="imports__h">
              {words.outcomes[outcome]} <span className="t3">{items.length}</span>
            </h3>
            <ul className="card imports__list">
              {items.map((item) => (
                <li key={item.key} className="imports__row">
                  <Icon name={ICONS[outcome]} />
                  <About item={item} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      {plan.accounts.length > 0 && (
        <section aria-label={words.accounts}>
          <h3 className="imports__h">
            {words.accounts} <span className="t3">{plan.accounts.length}</span>
          </h3>
          <ul className="card imports__list">
            {plan.accounts.map(({ accountId, name, environment }) => (
              <li key={accountId} className="imports__row">
                <Icon name="edit" />
                <span className="imports__t">
                  <span className="imports__n">
                    <AccountId id={accountId} />
                  </span>
                  <span className="imports__s">{words.account(name, environment)}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {plan.identityCenters
        .filter(({ outcome }) => outcome === 'new')
        .map((center) => (
          <NewSignIn key={center.name} center={center} />
        ))}
      {(isHandMade || overwrite) && <Check label={words.overwrite} checked={overwrite} onChange={props.onOverwrite} />}
    </div>
  )
}

function About({ item }: { item: CatalogueItem }) {
  const [account, role] = splitRoleArn(item.arn)
  return (
    <span className="imports__t">
      <span className="imports__n">
        <strong className="cut">{item.name ?? item.key}</strong>
      </span>
      <span className="imports__s">
        {movingInStrings.role} <span className="mono">{role}</span>
        {/\d{12}/.test(account) && <AccountId id={/\d{12}/.exec(account)?.[0] ?? ''} />}
        {item.from !== null && <span>{movingInStrings.assumedFrom(item.from)}</span>}
      </span>
      {item.fields.map(({ field, before, after, kept }) => (
        <span key={field} className="imports__s">
          {fieldWords(field)}: {before ?? words.nothing} {kept ? words.stays : '→'} <ins>{after ?? words.nothing}</ins>
        </span>
      ))}
      {item.notes.map((note) => (
        <span key={note} className="imports__s">
          {note}
        </span>
      ))}
    </span>
  )
}

/** `durationSeconds` as a person says it. */
function fieldWords(field: string): string {
  const words = field.replace(/Seconds$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
