/**
 * Set-up, new passwords and kits, each loaded when it is first used: hardly a start of Hallpass uses any, and an agent
 * should stay small.
 */
import type { SealedRecord } from '#shared/breakglass.ts'
import type { ActivityDraft } from '../activity/entry.ts'
import type { BreakGlassParts } from './index.ts'
import type { BreakGlassService } from './service.ts'

type Later = Pick<BreakGlassService, 'setup' | 'passwords' | 'kits'>

/** @param factsOf what entries of the activity log say of a credential */
export function createLater(parts: BreakGlassParts, factsOf: (record: SealedRecord) => Partial<ActivityDraft>): Later {
  const { store, activity } = parts
  const setup = async () =>
    (await import('./setup/setup.ts')).createSetup({
      ...parts,
      record: (what, sealed, steps) =>
        activity.note({ kind: `breakglass.${what}`, ...factsOf(sealed), detail: { steps: steps.join(', ') } }),
    })
  const kits = async () =>
    (await import('./kit/kit.ts')).createKits({
      ...parts,
      record: (what, detail, sealed) =>
        activity.record({ kind: `breakglass.${what}`, ...(sealed ? factsOf(sealed) : {}), detail }),
    })
  return {
    setup: {
      plan: async (...given) => (await setup()).plan(...given),
      apply: async (...given) => (await setup()).apply(...given),
      undo: async (...given) => (await setup()).undo(...given),
      interrupted: () =>
        store.setups
          .list()
          .filter(({ doneAt, undoing }) => doneAt === null || undoing)
          .flatMap(({ sealedId, choices, undoing }) => {
            const sealed = store.sealed.byId(sealedId)
            return sealed ? [{ name: sealed.name, choices, undoing }] : []
          }),
    },
    passwords: {
      rotate: async (...given) => {
        const { createPasswordRotation } = await import('./passwords.ts')
        const record = (sealed: SealedRecord, step: string) =>
          activity.note({ kind: 'breakglass.rotated', ...factsOf(sealed), detail: { step } })
        return createPasswordRotation({ ...parts, record }).rotate(...given)
      },
    },
    kits: {
      export: async (...given) => (await kits()).export(...given),
      open: async (...given) => (await kits()).open(...given),
    },
  }
}
