/** The real file system with a hook before every call, those of file handles included: to fail or stop at any step. */
import type { FileHandle } from 'node:fs/promises'
import { type FileSystem, realFileSystem } from '#core/awsfiles/file-system.ts'

/**
 * @param before told the call (`open`, `handle.sync`, …) and its number from 0; throwing makes the call fail
 */
export function createSteppingFileSystem(before: (call: string, number: number) => void): FileSystem {
  let number = 0
  const wrap = <T extends object>(target: T, prefix: string): T =>
    new Proxy(target, {
      get(_, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return async (...parameters: unknown[]) => {
          // Closing a handle that a failed call left open must work, as it does after a real failure.
          if (name !== 'close') before(`${prefix}${String(name)}`, number++)
          const result: unknown = await Reflect.apply(member, target, parameters)
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
