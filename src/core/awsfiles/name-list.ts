/** The names of all profiles in the AWS files, whoever wrote them, for the completion of shells. */
import { readFileSync, statSync } from 'node:fs'
import type { ListedName } from '../store/name-list.ts'
import { locateAwsFiles } from './locations.ts'
import { readAsAws } from './readers/aws.ts'
import type { FileKind } from './readers/types.ts'

/** Nobody has a larger one, and whoever does waits for no completion. Bytes. */
const LARGEST = 4 * 1024 * 1024

/** Also of files that SDKs reject. A file that is missing, or can't be read, has none. */
export function listAwsProfiles(env: Readonly<Record<string, string | undefined>>): ListedName[] {
  const files = locateAwsFiles(env)
  const found = new Map<string, FileKind>()
  for (const kind of ['config', 'credentials'] as const) {
    for (const { type, name } of read(files[kind], kind)) {
      if (type === 'profile' && !found.has(name)) found.set(name, kind)
    }
  }
  return [...found].map(([name, kind]) => ({ name, about: `in the ${kind} file` }))
}

function read(file: string, kind: FileKind): ReturnType<typeof readAsAws>['sections'] {
  try {
    const stat = statSync(file)
    // A pipe would be waited for.
    return stat.isFile() && stat.size <= LARGEST ? readAsAws(readFileSync(file), kind).sections : []
  } catch {
    return []
  }
}
