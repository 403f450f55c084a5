/** Scripts for shells are files of their own; what is generated takes the place of the lines `#: NAME` in them. */

/** @param parts the lines to fill in, by name; each line gets the indentation of its place */
export function fillIn(script: string, parts: Readonly<Record<string, readonly string[]>>): string {
  return script.replaceAll(/^([ \t]*)#: (\S+)$/gm, (_place, indent: string, name: string) => {
    const lines = parts[name]
    if (!lines) throw new Error(`nothing to fill in for ${name}`)
    return lines
      .flatMap((line) => line.split('\n'))
      .map((line) => indent + line)
      .join('\n')
  })
}
