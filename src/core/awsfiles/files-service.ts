/** Looking at the AWS files: the part of the facade that needs neither the store nor the vault. */
import type { FilesService } from '#core/hallpass.ts'
import { resolveProfileChain } from './chain/resolve.ts'
import { type FileSystem, realFileSystem } from './file-system.ts'
import type { AwsFileLocations } from './locations.ts'
import { readMergedProfiles } from './merged-profiles.ts'

/** Builds the service for the two files; they are read anew on every call. */
export function createFilesService(files: AwsFileLocations, fs: FileSystem = realFileSystem): FilesService {
  return {
    chain: async (profile) => resolveProfileChain(await readMergedProfiles(fs, files, 'aws'), profile),
  }
}
