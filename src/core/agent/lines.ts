/** Cuts a stream of bytes into lines, none of them longer than agreed. Imports nothing: the fast path loads it. */

const LINE_FEED = 0x0a

/** Thrown by {@link LineReader.push}; the peer keeps to no protocol and is best hung up on. */
export class LineTooLong extends Error {}

export class LineReader {
  readonly #longest: number
  #rest: Buffer = Buffer.alloc(0)

  /** @param longest bytes of a line, without its line feed */
  constructor(longest: number) {
    this.#longest = longest
  }

  /**
   * Takes the next bytes. @returns the lines they complete
   * @throws LineTooLong as soon as a line can only be too long; never keeps more bytes than one line may have
   */
  push(chunk: Buffer): string[] {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const lines: string[] = []
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED)) {
      if (end > this.#longest) throw new LineTooLong()
      lines.push(bytes.toString('utf8', 0, end))
      bytes = bytes.subarray(end + 1)
    }
    if (bytes.length > this.#longest) throw new LineTooLong()
    // A copy, so that a few bytes do not keep the whole chunk they came in.
    this.#rest = Buffer.from(bytes)
    return lines
  }
}
