/** What the command needs from the process it runs in, so that tests can run it in theirs. */
/** A readable stream that may be a terminal. */
export type InputStream = NodeJS.ReadableStream & {
  readonly isTTY?: boolean | undefined
  unref?(): unknown
}

/** A writable stream that may be a terminal. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

export interface CliHost {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly stdin: InputStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /** The state folder, absolute. */
  readonly home: string
  /** The words that start this very command: the Node binary and the entry file, both absolute. */
  readonly command: readonly string[]
  readonly version: string
}
