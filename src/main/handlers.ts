/** What each IPC channel does, in terms of core. Thin on purpose: rules live in core, transport in ipc.ts. */
import { gateHandlers } from './gate-handlers.ts'
import { accountHandlers } from './handlers/accounts.ts'
import { activityHandlers } from './handlers/activity.ts'
import { appHandlers } from './handlers/app.ts'
import { breakglassHandlers } from './handlers/breakglass.ts'
import { catalogueHandlers } from './handlers/catalogue.ts'
import { centerHandlers } from './handlers/centers.ts'
import { consoleHandlers } from './handlers/console.ts'
import { doctorHandlers } from './handlers/doctor.ts'
import { habitHandlers } from './handlers/habits.ts'
import { identityHandlers } from './handlers/identities.ts'
import { importHandlers } from './handlers/import.ts'
import { kitHandlers } from './handlers/kit.ts'
import { lockHandlers } from './handlers/lock.ts'
import type { HandlerParts } from './handlers/parts.ts'
import { practiceHandlers } from './handlers/practice.ts'
import { profileHandlers } from './handlers/profiles.ts'
import { roleHandlers } from './handlers/roles.ts'
import { sessionHandlers } from './handlers/sessions.ts'
import { settingsHandlers } from './handlers/settings.ts'
import type { IpcHandlers } from './ipc.ts'

/** Every handler of the contract, behind the lock. */
export function createHandlers(parts: HandlerParts): IpcHandlers {
  return gateHandlers(allHandlers(parts), parts.lock)
}

function allHandlers(parts: HandlerParts): IpcHandlers {
  return {
    ...appHandlers(parts),
    ...identityHandlers(parts),
    ...centerHandlers(parts),
    ...roleHandlers(parts),
    ...accountHandlers(parts),
    ...breakglassHandlers(parts),
    ...kitHandlers(parts),
    ...sessionHandlers(parts),
    ...profileHandlers(parts),
    ...consoleHandlers(parts),
    ...settingsHandlers(parts),
    ...lockHandlers(parts),
    ...habitHandlers(parts),
    ...activityHandlers(parts),
    ...importHandlers(parts),
    ...catalogueHandlers(parts),
    ...doctorHandlers(parts),
    ...practiceHandlers(parts),
    'mfa.answer': ({ promptId, code }) => {
      parts.mfa.answer(promptId, code)
    },
  }
}
