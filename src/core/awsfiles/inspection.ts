/**
 * Both AWS files as they are: what one reader sees in them, what is wrong with them and for whom, and the repairs that
 * are safe to make.
 */

import type {
  CheckedProblem,
  FileRepair,
  FilesCheck,
  FilesService,
  FilesView,
  ReadProblem,
} from '#core/awsfiles/service.ts'
import type { Clock } from '#core/capabilities.ts'
import { HallpassError } from '#shared/errors.ts'
import { applyEdit } from './apply-edit.ts'
import { fileModes } from './check/file-rules.ts'
import { stateOfBytes, stateOfDocument } from './check/file-state.ts'
import { repairDocument } from './check/repairs.ts'
import { findProblems, findReadingProblems } from './check/rules.ts'
import type { CheckInput, FileState, Finding } from './check/types.ts'
import { unifiedDiff } from './diff.ts'
import { type AwsFileDocument, printDocument } from './document.ts'
import { type FileSystem, realFileSystem } from './file-system.ts'
import { readSnapshot, resolveTarget, type Snapshot } from './file-target.ts'
import type { AwsFileLocations } from './locations.ts'
import { mergeProfiles } from './merged-profiles.ts'
import { narrowMode } from './narrow-mode.ts'
import type { FileKind, Values } from './readers/types.ts'

export interface InspectionOptions {
  readonly files: AwsFileLocations
  /** The Hallpass state folder, absolute: locks and undo entries live there. */
  readonly stateHome: string
  readonly clock: Clock
  readonly platform?: NodeJS.Platform
  readonly fs?: FileSystem
}

const KINDS = ['config', 'credentials'] as const

export function createInspection(options: InspectionOptions): Pick<FilesService, 'show' | 'check' | 'fix'> {
  const { files, stateHome, clock, platform = process.platform, fs = realFileSystem } = options

  const load = async (kind: FileKind): Promise<Snapshot> => readSnapshot(fs, await resolveTarget(fs, files[kind]))
  const modeOf = ({ stat }: Snapshot) => (stat && platform !== 'win32' ? Number(stat.mode) & 0o777 : undefined)
  const stateOf = (kind: FileKind, snapshot: Snapshot) =>
    stateOfBytes(kind, files[kind], snapshot.bytes, modeOf(snapshot))
  const inputOf = (config: FileState, credentials: FileState): CheckInput => {
    return { config, credentials, platform, now: clock() }
  }
  const loadBoth = async () => {
    const [config, credentials] = await Promise.all([load('config'), load('credentials')])
    return { config, credentials }
  }
  const look = async (): Promise<CheckInput> => {
    const { config, credentials } = await loadBoth()
    return inputOf(stateOf('config', config), stateOf('credentials', credentials))
  }

  const check = (input: CheckInput): FilesCheck => {
    const findings = findProblems(input)
    const plans = KINDS.map((kind) => ({ kind, ...repairDocument(input, kind, findings) }))
    const repaired = new Set(plans.flatMap((plan) => plan.repaired.map(keyOf)))
    const problems = findings.map((finding): CheckedProblem => {
      const fixable = finding.repair?.kind === 'mode' || repaired.has(keyOf(finding))
      return { ...toProblem(finding, files), fix: finding.advice, fixable }
    })
    const repairs = plans.map(({ kind, document }) => ({
      file: files[kind],
      edit: contentDiff(input[kind], document),
      mode: modeChange(input, kind),
    }))
    return { problems, repairs: repairs.filter(({ edit, mode }) => edit !== '' || mode !== null) }
  }

  /** Writes the repairs of one file, if they are the ones that were shown. */
  const repair = async (kind: FileKind, shown: string | undefined): Promise<void> => {
    const edit = async (document: AwsFileDocument): Promise<AwsFileDocument> => {
      const here = stateOfDocument(kind, files[kind], document)
      const other = kind === 'config' ? 'credentials' : 'config'
      const there = stateOf(other, await load(other))
      const input = kind === 'config' ? inputOf(here, there) : inputOf(there, here)
      const repaired = repairDocument(input, kind).document
      const diff = contentDiff(here, repaired)
      if (shown !== undefined && diff !== '' && diff !== shown) throw changed(files[kind])
      return repaired
    }
    await applyEdit(files[kind], edit, { stateHome, clock, fs, description: `Repair the ${kind} file` })
  }

  return {
    async show(reader = 'aws') {
      const snapshots = await loadBoth()
      const bytes = { config: snapshots.config.bytes, credentials: snapshots.credentials.bytes }
      const { profiles, ssoSessions } = mergeProfiles(bytes, files, reader)
      const input = inputOf(stateOf('config', snapshots.config), stateOf('credentials', snapshots.credentials))
      const problems = findReadingProblems(input).map((finding): ReadProblem => {
        return { ...toProblem(finding, files), fatal: finding.rejectedBy.includes(reader) }
      })
      return { profiles: toPlain(profiles), ssoSessions: toPlain(ssoSessions), problems }
    },

    check: async () => check(await look()),

    async fix(shown) {
      const input = await look()
      const before = check(input)
      for (const kind of KINDS) {
        const isDue = before.repairs.some(({ file, edit }) => file === files[kind] && edit !== '')
        if (!isDue) continue
        await repair(kind, shown && (shown.repairs.find(({ file }) => file === files[kind])?.edit ?? ''))
      }
      for (const kind of KINDS) {
        const mode = modeChange(input, kind)
        if (mode) await narrowMode(fs, await resolveTarget(fs, files[kind]), mode.to)
      }
      const fixed = before.problems.filter(({ fixable }) => fixable)
      return { ...check(await look()), fixed }
    },
  }
}

const keyOf = ({ kind, line, code }: Finding) => `${kind} ${line} ${code}`

function toProblem({ kind, line, code, message, rejectedBy, breaks }: Finding, files: AwsFileLocations): ReadProblem {
  return { file: files[kind], line, code, message, fatal: rejectedBy.length > 0, breaks }
}

function modeChange(input: CheckInput, kind: FileKind): FileRepair['mode'] {
  const finding = fileModes(input).find((each) => each.kind === kind)
  const from = input[kind].mode
  return finding?.repair?.kind === 'mode' && from !== undefined ? { from, to: finding.repair.mode } : null
}

function contentDiff({ path, document }: FileState, repaired: AwsFileDocument): string {
  return document === repaired ? '' : unifiedDiff(path, printDocument(document), printDocument(repaired))
}

function changed(file: string): HallpassError {
  return new HallpassError('file.changed', `${file} has changed since the repairs were shown.`, {
    hint: 'Check the files again, and look at the new repairs.',
  })
}

/** Own properties, whatever the names are: `__proto__` is one that a person can write. */
function toPlain(sections: ReadonlyMap<string, Values>): FilesView['profiles'] {
  const plain = (value: string | Map<string, string>) => (typeof value === 'string' ? value : Object.fromEntries(value))
  return Object.fromEntries(
    Array.from(sections, ([name, values]) => [
      name,
      Object.fromEntries(Array.from(values, ([key, value]) => [key, plain(value)])),
    ]),
  )
}
