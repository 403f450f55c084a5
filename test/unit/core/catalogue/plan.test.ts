/** What a catalogue changes: its own changes come in, a person's stay, and nothing goes that it did not bring. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { managedOf } from '#core/catalogue/managed.ts'
import { planCatalogue } from '#core/catalogue/plan.ts'
import { planCenters } from '#core/catalogue/plan-centers.ts'
import type { CatalogueRecord } from '#core/catalogue/record.ts'
import { type Catalogue, catalogueSchema } from '#shared/catalogue.ts'
import type { Role } from '#shared/roles.ts'

const WORK = { id: 'i-work', name: 'work' }
const catalogue = (...roles: object[]): Catalogue => catalogueSchema.parse({ hallpassCatalogue: 1, roles })
const entry = (name: string, more: object = {}) => ({
  name,
  arn: `arn:aws:iam::123456789012:role/${name.replaceAll(' ', '-')}`,
  ...more,
})

/** As it is after a catalogue was taken in. */
function taken(from: Catalogue): { record: CatalogueRecord; roles: Role[] } {
  const plan = planCatalogue({ ...BARE, catalogue: from })
  const roles = plan.steps.flatMap((step) => {
    if (step.kind !== 'add') return []
    const { name, arn, from: source, ...settings } = step.role
    const kind = source === WORK.name ? ('identity' as const) : ('role' as const)
    const id = kind === 'identity' ? WORK.id : `r-${source}`
    return [
      { id: `r-${name}`, name, arn, source: { kind, id, name: source }, settings: { mfa: false, ...settings } } as Role,
    ]
  })
  const known = roles.flatMap(({ id, name }) => {
    const applied = plan.applied.get(name)
    return applied ? [[name, { id, applied }]] : []
  })
  const record = { name: 'acme', source: { place: '/x' }, pulledAt: '', accounts: {}, roles: Object.fromEntries(known) }
  return { record, roles }
}

const BARE = {
  record: undefined,
  roles: [] as Role[],
  centers: [],
  taken: ['work'],
  from: WORK,
  overwrite: false,
  prune: true,
}
const outcomes = (plan: ReturnType<typeof planCatalogue>) => plan.items.map(({ key, outcome }) => [key, outcome])

describe('the first time', () => {
  it('every role is new, sources first', () => {
    const plan = planCatalogue({ ...BARE, catalogue: catalogue(entry('b', { from: 'a' }), entry('a')) })
    expect(outcomes(plan)).toEqual([
      ['b', 'new'],
      ['a', 'new'],
    ])
    expect(plan.steps.map((step) => step.kind === 'add' && [step.key, step.role.from])).toEqual([
      ['a', 'work'],
      ['b', 'a'],
    ])
  })

  it('a name that is taken gets a number, and what is here already stays the person’s', () => {
    const mine = {
      id: 'x',
      name: 'b',
      arn: entry('b').arn,
      source: { kind: 'identity', ...WORK },
      settings: { mfa: false },
    } as Role
    const plan = planCatalogue({
      ...BARE,
      roles: [mine],
      taken: ['work', 'a', 'b'],
      catalogue: catalogue(entry('a'), entry('b')),
    })
    expect(plan.items.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['a-2', 'new'],
      ['b', 'known'],
    ])
    expect(plan.applied.has('b')).toBe(false)
  })

  it('what starts from nothing, from nowhere or from itself is left out with why', () => {
    const odd = catalogue(entry('a', { from: 'b' }), entry('b', { from: 'a' }), entry('c', { from: 'z' }), entry('d'))
    const plan = planCatalogue({ ...BARE, from: undefined, catalogue: odd })
    expect(plan.items.map(({ outcome, notes }) => [outcome, notes.length])).toEqual(Array(4).fill(['skipped', 1]))
    expect(plan.steps).toEqual([])
  })
})

describe('again', () => {
  const first = catalogue(entry('a', { region: 'eu-west-1' }), entry('b', { from: 'a', color: 'ffaaee' }), entry('c'))

  it('nothing changes when nothing has changed, also when the person has renamed things', () => {
    const { record, roles } = taken(first)
    const renamed = roles.map((role) => ({
      ...role,
      name: role.name === 'a' ? 'mine' : role.name,
      source: { ...role.source, name: role.source.name === 'a' ? 'mine' : role.source.name },
    }))
    const plan = planCatalogue({ ...BARE, from: { ...WORK, name: 'office' }, record, roles: renamed, catalogue: first })
    expect(outcomes(plan).map(([, outcome]) => outcome)).toEqual(['same', 'same', 'same'])
    expect(plan.steps).toEqual([])
  })

  it('its changes come in, the person’s stay, setting by setting', () => {
    const { record, roles } = taken(first)
    const mine = roles.map((role) =>
      role.name === 'a' ? { ...role, settings: { ...role.settings, region: 'eu-north-1' } } : role,
    )
    const next = catalogue(
      entry('a', { region: 'us-east-1', durationSeconds: 3600 }),
      entry('b', { from: 'c' }),
      entry('c'),
    )
    const plan = planCatalogue({ ...BARE, record, roles: mine, catalogue: next })
    expect(outcomes(plan).map(([, outcome]) => outcome)).toEqual(['changed', 'changed', 'same'])
    expect(plan.items[0]?.fields).toEqual([
      { field: 'region', before: 'eu-north-1', after: 'us-east-1', kept: true },
      { field: 'durationSeconds', before: null, after: '1 h', kept: false },
    ])
    expect(plan.steps).toEqual([
      { kind: 'edit', key: 'a', name: 'a', edit: { durationSeconds: 3600 } },
      { kind: 'edit', key: 'b', name: 'b', edit: { from: 'c', color: null } },
    ])
    const over = planCatalogue({ ...BARE, overwrite: true, record, roles: mine, catalogue: next })
    expect(over.steps[0]).toMatchObject({ edit: { region: 'us-east-1', durationSeconds: 3600 } })
  })

  it('what is gone goes, last in the chain first, unless it was changed, is needed, or is to be kept', () => {
    const { record, roles } = taken(first)
    const empty = catalogue()
    const steps = (more: object) =>
      planCatalogue({ ...BARE, record, roles, catalogue: empty, ...more }).steps.map(({ kind, key }) => [kind, key])
    expect(steps({}).at(-1)).toEqual(['remove', 'a'])
    expect(steps({})).toHaveLength(3)
    expect(steps({ prune: false })).toEqual([])
    const changed = roles.map((role) => (role.name === 'b' ? { ...role, settings: { mfa: true } } : role))
    expect(steps({ roles: changed })).toEqual([['remove', 'c']])
    const own = { ...roles[1], id: 'own', name: 'own', source: { kind: 'role', id: 'r-c', name: 'c' } } as Role
    expect(steps({ roles: [...roles, own] }).map(([, key]) => key)).toEqual(['b', 'a'])
  })

  it('a role of the person’s that was not taken in is never touched', () => {
    const role = fc.record({ region: fc.constantFrom('eu-west-1', 'us-east-1'), mfa: fc.boolean() })
    const list = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
    fc.assert(
      fc.property(list, list, role, (before, after, settings) => {
        const { record, roles } = taken(catalogue(...before.map((name) => entry(name, settings))))
        const own = ['own', 'a'].map(
          (name, index) =>
            ({
              id: `own-${index}`,
              name: `${name}-own`,
              arn: entry(name).arn,
              source: { kind: 'identity', ...WORK },
              settings,
            }) as Role,
        )
        const plan = planCatalogue({
          ...BARE,
          record,
          roles: [...roles, ...own],
          catalogue: catalogue(...after.map((name) => entry(name))),
        })
        const touched = plan.steps.flatMap((step) => (step.kind === 'add' ? [] : [step.name]))
        expect(touched.filter((name) => name.endsWith('-own'))).toEqual([])
        expect(
          plan.steps
            .filter(({ kind }) => kind === 'remove')
            .map(({ key }) => key)
            .sort(),
        ).toEqual(before.filter((name) => !after.includes(name)).sort())
      }),
    )
  })

  it('a role the person removed stays removed', () => {
    const { record, roles } = taken(first)
    const plan = planCatalogue({ ...BARE, record, roles: roles.filter(({ name }) => name !== 'c'), catalogue: first })
    expect(plan.items[2]).toMatchObject({ outcome: 'kept', name: null })
    expect(managedOf(catalogue(entry('x')).roles[0] as never, 'start:1')).toMatchObject({ from: 'start:1', mfa: false })
  })
})

describe('roles of Identity Center', () => {
  const center = { name: 'corp', startUrl: 'https://acme.awsapps.com/start', region: 'eu-west-1' }
  const viewer = (more: object = {}) => ({
    name: 'viewer',
    accountId: '123456789012',
    permissionSet: 'Viewer',
    from: 'corp',
    ...more,
  })
  const read = (...roles: object[]) => catalogueSchema.parse({ hallpassCatalogue: 1, identityCenters: [center], roles })
  const planned = (from: Catalogue, more: Partial<typeof BARE> = {}) => {
    const centers = planCenters(from, [], ['work'])
    return { centers, ...planCatalogue({ ...BARE, ...more, catalogue: from, centers }) }
  }
  const arn = 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Viewer_*'

  it('come with their sign-in, before what is chained from them', () => {
    const { steps, items, centers } = planned(read(entry('behind', { from: 'viewer' }), viewer()))
    expect(steps).toMatchObject([
      {
        kind: 'add',
        key: 'viewer',
        role: { name: 'viewer', from: 'corp', arn },
        comesWith: { center: centers[0], accountId: '123456789012', permissionSet: 'Viewer' },
      },
      { kind: 'add', key: 'behind', role: { from: 'viewer' } },
    ])
    expect(items.map(({ outcome, from }) => [outcome, from])).toEqual([
      ['new', 'viewer'],
      ['new', 'corp'],
    ])
  })

  it('are the same again, changed in their settings, and kept when the catalogue means another', () => {
    const [add] = planned(read(viewer())).steps
    const applied = planned(read(viewer())).applied.get('viewer')
    if (add?.kind !== 'add' || !applied) throw new Error('nothing was added')
    const role = {
      id: 'r-viewer',
      name: 'viewer',
      arn,
      source: { kind: 'identity', id: 'c', name: 'corp' },
      settings: { mfa: false },
    } as Role
    const roles = { viewer: { id: role.id, applied } }
    const record: CatalogueRecord = { name: 'acme', source: { place: '/x' }, pulledAt: '', accounts: {}, roles }
    const again = (given: object) =>
      planCatalogue({
        ...BARE,
        record,
        roles: [role],
        catalogue: read(given),
        centers: planCenters(
          read(given),
          [{ name: 'corp', startUrl: `${center.startUrl}/`, ssoRegion: 'eu-west-1' }],
          [],
        ),
      })
    expect(outcomes(again(viewer()))).toEqual([['viewer', 'same']])
    expect(again(viewer({ region: 'eu-central-1' })).steps).toEqual([
      { kind: 'edit', key: 'viewer', name: 'viewer', edit: { region: 'eu-central-1' } },
    ])
    const other = again(viewer({ permissionSet: 'Admin' }))
    expect(other.steps).toEqual([])
    expect(other.items).toMatchObject([{ outcome: 'kept', arn }])
  })

  it('of an Identity Center that the catalogue does not have are left out', () => {
    expect(planned(read(viewer({ from: 'elsewhere' }))).items).toMatchObject([{ outcome: 'skipped', name: null }])
  })

  it('are read with account, permission set and Identity Center, or not at all', () => {
    for (const wrong of [
      { from: undefined },
      { accountId: undefined },
      { permissionSet: 'a b' },
      { arn: entry('x').arn },
    ])
      expect(catalogueSchema.safeParse({ hallpassCatalogue: 1, roles: [viewer(wrong)] }).success).toBe(false)
  })

  it('need one sign-in, which is named anew where its name is taken', () => {
    const twice = catalogueSchema.parse({
      hallpassCatalogue: 1,
      identityCenters: [center, { ...center, name: 'again', startUrl: `${center.startUrl}/#` }],
    })
    expect(planCenters(twice, [], ['CORP']).map(({ name, place }) => [name, place.name])).toEqual([
      ['corp', 'corp-2'],
      ['again', 'corp-2'],
    ])
  })
})

it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])(
  'a role by the name of %s, which every object has, is new like any other',
  (name) => {
    const { record, roles } = taken(catalogue(entry('a')))
    const plan = planCatalogue({ ...BARE, record, roles, catalogue: catalogue(entry('a'), entry(name)) })
    expect(outcomes(plan)).toEqual([
      ['a', 'same'],
      [name, 'new'],
    ])
  },
)
