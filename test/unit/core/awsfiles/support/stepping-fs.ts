/** The real file system with a hook before every call, those of file handles included: to fail or stop at any step. */
import type { FileHandle } from 'node:fs/promises'
import { type FileSystem, realFileSystem } from '#core/awsfiles/file-system.ts'

type Step = (call: string, number: number, parameters: unknown[]) => void

/**
 * @param before told the call (`open`, `handle.sync`, …), its number from 0 and its parameters, which it may change;
 *   throwing makes the call fail
 * @param after told the same when the call has been made; throwing loses its result
 */
export function createSteppingFileSystem(before: Step, after: Step = () => undefined): FileSystem {
  let number = 0
  const wrap = <T extends object>(target: T, prefix: string): T =>
    new Proxy(target, {
      get(_, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return async (...parameters: unknown[]) => {
          // Closing a handle that a failed call left open must work, as it does after a real failure.
          const step = number
          const call = `${prefix}${String(name)}`
          if (name !== 'close') before(call, number++, parameters)
          const result: unknown = await Reflect.apply(member, target, parameters)
          try {
            if (name !== 'close') after(call, step, parameters)
          } catch (cause) {
            // The system closes what a dead process had open.
            if (name === 'open') await (result as FileHandle).close()
            throw cause
          }
          return name === 'open' ? wrap(result as FileHandle, 'handle.') : result
        }
      },
    })
  return wrap(realFileSystem, '')
}

/** An error as the operating system reports it. */
export function osError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: injected`), { code })
}

/** How far a call gets before its process dies; a call that writes also gets half of it done. */
export type Moment = 'before' | 'half' | 'after'

/** What every call of a dead process ends with. */
export class Died extends Error {}

/**
 * The file system of a process that dies at a step: from then on no call does anything, not even those that would
 * tidy up.
 */
export function createDyingFileSystem(step: number, moment: Moment): FileSystem {
  let isDead = false
  const before: Step = (call, number, parameters) => {
    if (number === step && moment === 'before') isDead = true
    if (isDead) throw new Died()
    if (number !== step || moment !== 'half' || call !== 'handle.writeFile') return
    const data = Buffer.from(parameters[0] as string | Uint8Array)
    parameters[0] = data.subarray(0, data.length / 2)
  }
  const after: Step = (_, number) => {
    if (number !== step) return
    isDead = true
    throw new Died()
  }
  return createSteppingFileSystem(before, after)
}
