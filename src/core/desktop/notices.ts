/**
 * Which notification is shown when: once for each thing, only what the person wants to be told, and nothing while they
 * look at the window, which says it itself. Names only, never a secret.
 */
import type { Opening, SealedCredential } from '#shared/breakglass.ts'
import { formatClock } from '#shared/clock-time.ts'
import type { RoleRow } from '#shared/role-list.ts'
import type { Settings } from '#shared/settings.ts'
import type { MfaPromptRequest } from '../capabilities.ts'
import type { KeeperEvent } from '../sessions/keeper.ts'
import { desktopStrings } from './strings.ts'

/** What a button does. A click beside the buttons always opens the window where the first one is. */
export type NoticeAction = 'renew' | 'enter-code' | 'refuse-code' | 'seal' | 'show-breakglass'

export interface Notice {
  /** One thing has one notice: a new one takes the place of the old. */
  readonly about: string
  /** The role or identity. */
  readonly name: string
  /** The role's session it is about, so that it goes with it; null for anything else. */
  readonly session: { readonly expiresAt: string } | null
  readonly title: string
  readonly body: string
  readonly actions: readonly { readonly action: NoticeAction; readonly label: string }[]
}

export interface NoticeContext {
  readonly settings: Pick<
    Settings,
    'notifyBeforeExpiry' | 'notifyMfaNeeded' | 'notifyRenewalFailed' | 'notifyBreakGlassOpen'
  >
  /** The window has the focus, so that it is what the person looks at. */
  readonly isLookedAt: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface NoticeRules {
  /** @param role its row; `undefined` for an identity's own session */
  ofSession(event: KeeperEvent, role: RoleRow | undefined, context: NoticeContext): Notice | undefined
  ofMfa(promptId: string, request: MfaPromptRequest, context: NoticeContext): Notice | undefined
  /** Of a seal that was broken a while ago, and has not been closed. */
  ofOpening(opening: Opening, context: NoticeContext): Notice | undefined
  /** Of what is left to do once a seal was broken. */
  ofTasks(credential: SealedCredential, context: NoticeContext): Notice | undefined
}

const { notices: words } = desktopStrings

export function createNoticeRules(): NoticeRules {
  /** The session each was told of, as target key to its end: a failed renewal and the end it leads to are one thing. */
  const told = new Map<string, string>()

  return {
    ofSession(event, role, { settings, isLookedAt, now }) {
      if (event.kind === 'renewed' || event.kind === 'expired') told.delete(event.key)
      const wanted = isWanted(event, settings)
      if (!wanted || isLookedAt || told.get(event.key) === event.expiresAt) return undefined
      told.set(event.key, event.expiresAt)
      const isProduction = role?.environment === 'prod'
      const body = event.kind === 'expiring' ? words.because[event.because ?? 'set-to-lapse'] : failureOf(event, now)
      return {
        about: event.key,
        name: event.name,
        session: role === undefined ? null : { expiresAt: event.expiresAt },
        title:
          event.kind === 'expiring'
            ? words.endsIn(event.name, event.minutesLeft ?? 0)
            : words.renewalFailed(event.name),
        body: isProduction ? `${words.production} ${body}` : body,
        actions: [{ action: 'renew', label: words.renew }],
      }
    },

    ofMfa(promptId, { target, serial }, { settings, isLookedAt }) {
      if (!settings.notifyMfaNeeded || isLookedAt) return undefined
      return {
        about: promptId,
        name: target,
        session: null,
        title: words.mfaNeeded(target),
        body: words.mfaWaits(serial.slice(serial.lastIndexOf('/') + 1)),
        actions: [
          { action: 'enter-code', label: words.enterCode },
          { action: 'refuse-code', label: words.refuse },
        ],
      }
    },

    ofOpening({ id, credential, until }, { settings, isLookedAt, now }) {
      if (!settings.notifyBreakGlassOpen || isLookedAt) return undefined
      const body = words.closesAt(formatClock(until, now))
      return {
        about: id,
        name: credential.name,
        session: null,
        title: words.leftOpen(credential.name),
        body: credential.environment === 'prod' ? `${words.production} ${body}` : body,
        actions: [{ action: 'seal', label: words.seal }],
      }
    },

    ofTasks({ id, name, tasks, environment }, { settings, isLookedAt }) {
      if (!settings.notifyBreakGlassOpen || isLookedAt) return undefined
      const body = tasks.every((task) => task === 'note') ? words.noteMissing : words.notChanged
      return {
        about: `tasks:${id}`,
        name,
        session: null,
        title: words.leftToDo(name, tasks.length),
        body: environment === 'prod' ? `${words.production} ${body}` : body,
        actions: [{ action: 'show-breakglass', label: words.finish }],
      }
    },
  }
}

function isWanted({ kind, because }: KeeperEvent, settings: NoticeContext['settings']): boolean {
  if (kind === 'renewal-failed') return settings.notifyRenewalFailed
  if (kind !== 'expiring') return false
  // Who wants to know of one of both hears of it: what failed will end.
  return settings.notifyBeforeExpiry || (because === 'renewal-failed' && settings.notifyRenewalFailed)
}

/** What AWS said is in the window, under Details: a notification may be read by anybody near. */
function failureOf({ error, expiresAt }: KeeperEvent, now: number): string {
  return [error?.message, words.stillGood(formatClock(expiresAt, now))].filter((part) => part !== undefined).join(' ')
}
