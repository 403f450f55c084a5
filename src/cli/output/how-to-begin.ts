/** What to do where there is nothing yet. */

/** @param what says what there is none of. @returns lines, each with a way to begin and its command */
export function howToBegin(what: string): string {
  const ways = [
    ['what is on this computer', 'hallpass import aws-files --dry-run'],
    ['Identity Center', 'hallpass sso add NAME --start-url URL --region REGION'],
    ['an access key', 'hallpass identity add NAME --access-key-id ID'],
  ] as const
  const width = Math.max(...ways.map(([from]) => from.length))
  return [`${what} Begin with`, ...ways.map(([from, command]) => `  ${from.padEnd(width)}  ${command}`)].join('\n')
}
