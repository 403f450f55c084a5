/** The text of a file for the readers that want UTF-8. */
import { isUtf8 } from 'node:buffer'

/** UTF-8 with its byte order mark; one character per byte, and `invalid`, when the bytes are something else. */
export function decodeText(bytes: Uint8Array): { text: string; invalid: boolean } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // A TextDecoder that throws takes ten times as long for the small files most people have.
  const invalid = !isUtf8(buffer)
  return { text: buffer.toString(invalid ? 'latin1' : 'utf8'), invalid }
}
