/**
 * What the first list does not need, in parts of their own. They are read once that list is on the screen, so that
 * opening one later waits for nothing.
 */
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react'
import { untilIdle } from './lib/first-list.ts'

const loaders: (() => Promise<unknown>)[] = []

interface Part<Props extends object> {
  /** Once it has been read. */
  here?: ComponentType<Props>
  /** Waits for it. */
  readonly waiting: ComponentType<Props>
}

/** A component that is loaded when it is first shown, if `loadTheRest` has not done so. */
function later<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => ReactNode {
  const read = async (): Promise<ComponentType<Props>> => {
    part.here ??= await load()
    return part.here
  }
  const waiting = lazy(async () => ({ default: await read() })) as unknown as ComponentType<Props>
  const part: Part<Props> = { waiting }
  loaders.push(read)
  return (props) => <Later part={part} props={props} />
}

/** One that is here already is drawn at once: what React has to wait for, however shortly, it shows a moment later. */
function Later<Props extends object>({ part, props }: { part: Part<Props>; props: Props }) {
  // Chosen once: another component in its place would start over.
  const [Chosen] = useState(() => part.here ?? part.waiting)
  return (
    <Suspense fallback={null}>
      <Chosen {...props} />
    </Suspense>
  )
}

/** Reads every part that has not been needed yet, one at a time, while nothing else is to be done. */
export async function loadTheRest(): Promise<void> {
  for (let load = loaders.shift(); load !== undefined; load = loaders.shift()) {
    await untilIdle()
    // Whoever opens it is told when it can't be read.
    await load().catch(() => {})
  }
}

export const FirstRun = later(() => import('./first-run/first-run.tsx').then((part) => part.FirstRun))
export const AddIdentity = later(() => import('./identities/add-identity.tsx').then((part) => part.AddIdentity))
export const AddProfile = later(() => import('./identities/add-profile.tsx').then((part) => part.AddProfile))
export const CenterDialog = later(() => import('./centers/center-dialog.tsx').then((part) => part.CenterDialog))
export const ImportDialog = later(() => import('./import/import-dialog.tsx').then((part) => part.ImportDialog))
export const EditIdentity = later(() => import('./identities/edit-identity.tsx').then((part) => part.EditIdentity))
export const IdentitiesScreen = later(() =>
  import('./identities/identities-screen.tsx').then((part) => part.IdentitiesScreen),
)
export const SessionsScreen = later(() => import('./sessions/sessions-screen.tsx').then((part) => part.SessionsScreen))
export const BreakGlassScreen = later(() =>
  import('./breakglass/breakglass-screen.tsx').then((part) => part.BreakGlassScreen),
)
export const ActivityScreen = later(() => import('./activity/activity-screen.tsx').then((part) => part.ActivityScreen))
export const DoctorScreen = later(() => import('./doctor/doctor-screen.tsx').then((part) => part.DoctorScreen))
export const SettingsScreen = later(() => import('./settings/settings-screen.tsx').then((part) => part.SettingsScreen))
export const EndAll = later(() => import('./sessions/end-all.tsx').then((part) => part.EndAll))
export const KeysDialog = later(() => import('./frame/keys-dialog.tsx').then((part) => part.KeysDialog))
export const RoleDialog = later(() => import('./roles/role-dialog.tsx').then((part) => part.RoleDialog))
export const BulkEdit = later(() => import('./roles/bulk-edit.tsx').then((part) => part.BulkEdit))
export const BulkStart = later(() => import('./roles/bulk-start.tsx').then((part) => part.BulkStart))
export const BulkRemove = later(() => import('./roles/bulk-remove.tsx').then((part) => part.BulkRemove))
export const AccountDialog = later(() => import('./accounts/account-dialog.tsx').then((part) => part.AccountDialog))
export const RemoveRole = later(() => import('./roles/remove-role.tsx').then((part) => part.RemoveRole))
export const OpenConsole = later(() => import('./console/open-console.tsx').then((part) => part.OpenConsole))
export const ProfileClash = later(() => import('./roles/profile-clash.tsx').then((part) => part.ProfileClash))
export const MfaDialog = later(() => import('./mfa/mfa-dialog.tsx').then((part) => part.MfaDialog))
