/** Reading and editing the shared AWS config and credentials files. */
export { type ApplyEditOptions, applyEdit, type Edit, type EditResult } from './apply-edit.ts'
export { credentialProcessLine } from './command-line.ts'
export { maskSecrets, unifiedDiff } from './diff.ts'
export { createInspection, type InspectionOptions } from './inspection.ts'
export { type AwsFileLocations, locateAwsFiles } from './locations.ts'
export { profileNameFor, requireSafeName } from './profile-names.ts'
export { type AwsFiles, type AwsFilesOptions, createAwsFiles, type ProfileTarget } from './profiles.ts'
export { ensureShim, type ShimOptions } from './shim.ts'
