/** Standard output for what ends as soon as it has written: without the streams of Node, which take time to open. */
import { writeSync } from 'node:fs'
import { oneLine } from './one-line.ts'

/** Writes all of it, whatever the pipe takes at once. A reader that left is nothing wrong. @returns the exit code */
export function writeOut(text: string): number {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written)
    } catch (cause) {
      const { code = '' } = cause as NodeJS.ErrnoException
      if (code === 'EPIPE') return 0
      if (code !== 'EAGAIN') {
        writeSync(2, oneLine({ message: `Standard output can’t be written to (${code}).` }))
        return 1
      }
    }
  }
  return 0
}
