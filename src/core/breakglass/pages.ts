/** Where an open credential leads: pages of the console. That one is opened is recorded first. */
import { parseRoleArn } from '#shared/arn.ts'
import type { Opening } from '#shared/breakglass.ts'
import { HallpassError } from '#shared/errors.ts'
import type { PartitionId } from '#shared/partitions.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { BreakGlassRecorder } from './openings.ts'
import { findSealedRole, sealedAgain } from './records.ts'
import type { BreakGlassService } from './service.ts'

export interface PagesParts {
  readonly openings: Pick<BreakGlassService, 'openings' | 'assume'>
  readonly record: Pick<BreakGlassRecorder, 'followed'>
  /** @throws `console.*`, `network.*` */
  readonly signInLinkOf: (credentials: SessionCredentials, partition: PartitionId) => Promise<string>
}

export function createPages({
  openings,
  record,
  signInLinkOf,
}: PagesParts): Pick<BreakGlassService, 'follow' | 'signInLink'> {
  function opened(id: string): Opening {
    const opening = openings.openings().find((each) => each.id === id)
    if (opening) return opening
    throw sealedAgain()
  }

  return {
    async follow(id, roleName) {
      const { credential } = opened(id)
      const role = roleName === undefined ? null : findSealedRole(credential, roleName)
      const url = role === null ? credential.signInUrl : role.link
      if (!url) throw new HallpassError('console.not-supported', 'There is no page to open for that.')
      await record.followed(credential.id, role === null ? 'sign-in-page' : 'role-link', role?.name ?? null)
      opened(id)
      return url
    },

    async signInLink(id, roleName) {
      const { credential } = opened(id)
      const role = findSealedRole(credential, roleName)
      const { credentials, reasonAs } = await openings.assume(id, role.arn)
      const url = await signInLinkOf(credentials, parseRoleArn(role.arn)?.partition ?? 'aws')
      // Sealed while AWS was answering: by its time, by a person, by the lock.
      opened(id)
      await record.followed(credential.id, 'console', role.name)
      opened(id)
      return { url, reasonAs }
    },
  }
}
