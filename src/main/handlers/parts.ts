/** What the handlers of all areas work with. */

import type { SealedDraft } from '#core/breakglass/service.ts'
import type { Hallpass } from '#core/hallpass.ts'
import type { AppLock } from '#core/lock/app-lock.ts'
import type { SystemAuth } from '#core/lock/system-auth.ts'
import type { IpcChannel, IpcEvent, IpcEventPayload, Surroundings } from '#shared/ipc.ts'
import type { AccessKeyDrafts } from '../access-key-drafts.ts'
import type { BreakGlassView } from '../breakglass-view.ts'
import type { CenterWork } from '../center-work.ts'
import type { Drafts } from '../drafts.ts'
import type { DrillMode } from '../drill-mode.ts'
import type { GlobalShortcut } from '../global-shortcut.ts'
import type { IpcHandlers } from '../ipc.ts'
import type { MfaBroker } from '../mfa-broker.ts'
import type { OpenUrl } from '../open-url.ts'
import type { SecretClipboard } from '../secret-clipboard.ts'
import type { TotpDrafts } from '../totp-drafts.ts'
import type { KitDraft } from './kit.ts'

export interface HandlerParts {
  readonly hallpass: Hallpass
  readonly drafts: AccessKeyDrafts
  readonly totpDrafts: TotpDrafts
  readonly drill: DrillMode
  readonly centerWork: CenterWork
  readonly breakglassView: BreakGlassView
  readonly sealedDrafts: Drafts<SealedDraft>
  readonly kitDrafts: Drafts<KitDraft>
  readonly mfa: MfaBroker
  readonly secretClipboard: SecretClipboard
  readonly lock: AppLock
  readonly systemAuth: SystemAuth
  readonly surroundings: () => Promise<Surroundings>
  readonly openUrl: OpenUrl
  readonly shortcut: Pick<GlobalShortcut, 'state'>
  /** The page listens. */
  readonly pageReady: () => void
  /** Tells every window. */
  readonly broadcast: <E extends IpcEvent>(event: E, payload: IpcEventPayload<E>) => void
  /** Tells every window that lists have changed. */
  readonly changed: () => void
}

/** The handlers of one area of the contract. */
export type Handlers<Prefix extends string> = Pick<IpcHandlers, Extract<IpcChannel, `${Prefix}.${string}`>>
