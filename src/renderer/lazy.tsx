/** What the first list does not need, in parts of their own. */
import { later, laterDialog } from './later.tsx'

export const FirstRun = later(() => import('./first-run/first-run.tsx').then((part) => part.FirstRun))
export const AddIdentity = laterDialog(() => import('./identities/add-identity.tsx').then((part) => part.AddIdentity))
export const AddProfile = laterDialog(() => import('./identities/add-profile.tsx').then((part) => part.AddProfile))
export const CenterDialog = laterDialog(() => import('./centers/center-dialog.tsx').then((part) => part.CenterDialog))
export const ImportDialog = laterDialog(() => import('./import/import-dialog.tsx').then((part) => part.ImportDialog))
export const EditIdentity = laterDialog(() =>
  import('./identities/edit-identity.tsx').then((part) => part.EditIdentity),
)
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
export const EndAll = laterDialog(() => import('./sessions/end-all.tsx').then((part) => part.EndAll))
export const KeysDialog = laterDialog(() => import('./frame/keys-dialog.tsx').then((part) => part.KeysDialog))
export const RoleDialog = laterDialog(() => import('./roles/role-dialog.tsx').then((part) => part.RoleDialog))
export const BulkEdit = laterDialog(() => import('./roles/bulk-edit.tsx').then((part) => part.BulkEdit))
export const BulkStart = laterDialog(() => import('./roles/bulk-start.tsx').then((part) => part.BulkStart))
export const BulkRemove = laterDialog(() => import('./roles/bulk-remove.tsx').then((part) => part.BulkRemove))
export const AccountDialog = laterDialog(() =>
  import('./accounts/account-dialog.tsx').then((part) => part.AccountDialog),
)
export const RemoveRole = laterDialog(() => import('./roles/remove-role.tsx').then((part) => part.RemoveRole))
export const OpenConsole = laterDialog(() => import('./console/open-console.tsx').then((part) => part.OpenConsole))
export const ProfileClash = laterDialog(() => import('./roles/profile-clash.tsx').then((part) => part.ProfileClash))
export const MfaDialog = laterDialog(() => import('./mfa/mfa-dialog.tsx').then((part) => part.MfaDialog))
