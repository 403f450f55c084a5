/** Looking at the AWS files: the part of the facade that needs neither the store nor the vault. */
import type { FilesService } from '#core/awsfiles/service.ts'
import { resolveProfileChain } from './chain/resolve.ts'
import { realFileSystem } from './file-system.ts'
import { createInspection, type InspectionOptions } from './inspection.ts'
import { readMergedProfiles } from './merged-profiles.ts'

/** Builds the service for the two files; they are read anew on every call. */
export function createFilesService(options: InspectionOptions): FilesService {
  const { files, fs = realFileSystem } = options
  return {
    ...createInspection(options),
    chain: async (profile) => resolveProfileChain(await readMergedProfiles(fs, files, 'aws'), profile),
  }
}
