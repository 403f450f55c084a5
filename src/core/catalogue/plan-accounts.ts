/** What a catalogue calls accounts, and what for. What a person has said of one stays. */
import type { Catalogue, CataloguePlan } from '#shared/catalogue.ts'
import type { Store } from '../store/types.ts'
import type { CatalogueRecord } from './record.ts'

export interface AccountsPlan {
  readonly changes: CataloguePlan['accounts']
  /** What is to be remembered of what it says. */
  readonly said: CatalogueRecord['accounts']
}

export function planAccounts(
  { accounts }: Catalogue,
  record: CatalogueRecord | undefined,
  table: Pick<Store['accounts'], 'get'>,
): AccountsPlan {
  const said: CatalogueRecord['accounts'] = {}
  const changes: CataloguePlan['accounts'] = []
  for (const { id, name = null, environment = null } of accounts) {
    said[id] = { name, environment }
    const last = record?.accounts[id]
    const mine = table.get(id)
    const takesName = name !== null && name !== mine?.name && (mine?.name == null || mine.name === last?.name)
    const isMineToSay = mine?.byHand !== true || mine.environment === last?.environment
    const takesEnvironment = environment !== null && environment !== mine?.environment && isMineToSay
    if (!takesName && !takesEnvironment) continue
    changes.push({ accountId: id, name: takesName ? name : null, environment: takesEnvironment ? environment : null })
  }
  return { changes, said }
}
