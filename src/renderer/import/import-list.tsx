/** What is found somewhere: those to import with a box each, then those that are there, then those that stay. */
import type { ImportItem } from '#shared/import.ts'
import { Icon } from '../components/icon.tsx'
import { AccountId } from '../components/marks.tsx'
import { shortenKeyId, splitRoleArn } from '../lib/format.ts'
import { importable } from '../lib/import-choice.ts'
import { movingInStrings as words } from '../strings/moving-in.ts'

export function ImportList(props: {
  items: readonly ImportItem[]
  chosen: ReadonlySet<string>
  onChoose: (profile: string, isChosen: boolean) => void
}) {
  const { items, chosen, onChoose } = props
  const groups = [
    { name: 'new', items: importable(items) },
    { name: 'known', items: items.filter(({ outcome }) => outcome === 'known') },
    { name: 'skipped', items: items.filter(({ outcome }) => outcome === 'skipped') },
  ] as const
  return (
    <div className="imports">
      {groups.map(
        (group) =>
          group.items.length > 0 && (
            <section key={group.name} aria-label={words.groups[group.name]}>
              <h3 className="imports__h">
                {words.groups[group.name]} <span className="t3">{group.items.length}</span>
              </h3>
              <ul className="card imports__list">
                {group.items.map((item) => (
                  <li key={item.profile}>
                    {group.name === 'new' ? (
                      <label className="imports__row">
                        <input
                          className="sr check__input"
                          type="checkbox"
                          aria-label={words.choose(item.profile)}
                          checked={chosen.has(item.profile)}
                          onChange={(event) => onChoose(item.profile, event.target.checked)}
                        />
                        <span className={chosen.has(item.profile) ? 'check__box is-on' : 'check__box'}>
                          {chosen.has(item.profile) && <Icon name="check" size={12} />}
                        </span>
                        <About item={item} />
                      </label>
                    ) : (
                      <div className="imports__row">
                        <Icon name={group.name === 'known' ? 'check' : 'file'} />
                        <About item={item} />
                      </div>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  )
}

function About({ item }: { item: ImportItem }) {
  return (
    <span className="imports__t">
      <span className="imports__n">
        <strong className="cut">{item.profile}</strong>
        {item.plaintextKey && <span className="danger imports__tag">{words.plaintext}</span>}
      </span>
      <What item={item} />
      {item.notes.map((note) => (
        <span key={note} className="imports__s">
          {note}
        </span>
      ))}
    </span>
  )
}

function What({ item }: { item: ImportItem }) {
  const { accessKeyId, arn, permissionSet, accountId, from } = item
  if (arn !== null) {
    return (
      <span className="imports__s">
        {words.role} <span className="mono">{permissionSet ?? splitRoleArn(arn)[1]}</span>
        {accountId !== null && <AccountId id={accountId} />}
        {from !== null && <span>{words.assumedFrom(from)}</span>}
        {item.mfa && <span>{words.withMfa}</span>}
      </span>
    )
  }
  if (accessKeyId === null) return null
  return (
    <span className="imports__s">
      {words.identity} <span className="mono">{shortenKeyId(accessKeyId)}</span>
      {accountId !== null && <AccountId id={accountId} />}
    </span>
  )
}
