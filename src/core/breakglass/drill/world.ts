/**
 * Where a drill takes place: a practice account in this process, and a Hallpass on it with a state folder, a vault file
 * and AWS files of its own, all in one temporary folder. Nothing of the person's is read or written.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HallpassError } from '#shared/errors.ts'
import type { Clock } from '../../capabilities.ts'
import { createHallpass } from '../../create-hallpass.ts'
import type { Hallpass } from '../../hallpass.ts'
import { createLog } from '../../log.ts'
import { nameAccounts, setUpPractice, startPracticeWorld } from '../../practice/world.ts'

export interface DrillWorld {
  readonly hallpass: Pick<Hallpass, 'breakglass' | 'rotation' | 'activity'>
  /** Name of the identity that sets emergency access up. */
  readonly from: string
  /** Ends the practice account, and removes the folder with everything in it. */
  end(): Promise<void>
}

export interface DrillWorldOptions {
  readonly clock?: Clock
  /** How long a seal stays open there, in minutes; as by default when left out. */
  readonly openMinutes?: number
  /** In which the temporary folder is made; the system's when left out. Absolute. */
  readonly within?: string
}

/** The folder of a drill, with the process that it is of. */
const FOLDER = /^hallpass-drill-(\d{1,10})-[A-Za-z0-9]{6}$/

/** @throws `file.*`, `vault.*`, `store.*`: then nothing is left of it */
export async function openDrillWorld({
  clock = Date.now,
  within = tmpdir(),
  openMinutes,
}: DrillWorldOptions = {}): Promise<DrillWorld> {
  sweep(within)
  const folder = makeFolder(within)
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })]
  const end = async () => {
    const failures: unknown[] = []
    for (let last = ends.pop(); last; last = ends.pop()) {
      try {
        await last()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
  try {
    const home = join(folder, 'state')
    const account = await startPracticeWorld(home)
    ends.push(() => account.close())
    const log = createLog(() => {})
    nameAccounts(home, account, clock, log)
    const hallpass = await createHallpass({
      // None of the surrounding variables: they lead to what is real.
      env: {
        HOME: folder,
        HALLPASS_HOME: home,
        HALLPASS_NO_AGENT: '1',
        AWS_CONFIG_FILE: join(folder, 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      },
      // No profile is written, so that nothing ever runs it.
      command: [process.execPath],
      clock,
      log,
      mfaPrompt: () => Promise.reject(new HallpassError('mfa.required', 'In a drill, codes come from the vault.')),
    })
    ends.push(() => hallpass.close())
    await setUpPractice(hallpass, account)
    if (openMinutes !== undefined) hallpass.settings.change({ breakGlassMinutes: openMinutes })
    const [identity] = hallpass.identities.list()
    if (!identity) throw new HallpassError('internal', 'The practice account has nobody to set emergency access up.')
    return { hallpass, from: identity.name, end }
  } catch (error) {
    await end()
    throw error
  }
}

/** Removes what drills have left whose process was killed. What can't be read or removed stays: it may be somebody else's. */
function sweep(within: string): void {
  try {
    for (const name of readdirSync(within)) {
      const pid = FOLDER.exec(name)?.[1]
      if (pid === undefined || isAlive(Number(pid))) continue
      rmSync(join(within, name), { recursive: true, force: true })
    }
  } catch {}
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** @throws `file.permission` */
function makeFolder(within: string): string {
  try {
    return mkdtempSync(join(within, `hallpass-drill-${process.pid}-`))
  } catch (cause) {
    throw new HallpassError('file.permission', `Hallpass can’t make a folder for the drill in ${within}.`, {
      hint: 'Check that you may write there, and that the disk is not full.',
      cause,
    })
  }
}
