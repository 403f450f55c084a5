/** A diff for people: what came in green, what went in red. */
import { type Style, withoutControls } from './style.ts'

/** @param diff unified, as core makes it */
export function colourDiff(style: Style, diff: string): string {
  return diff
    .trimEnd()
    .split('\n')
    .map((line) => withoutControls(line))
    .map((line) => {
      if (line.startsWith('+++') || line.startsWith('---')) return style('bold', line)
      if (line.startsWith('+')) return style('green', line)
      if (line.startsWith('-')) return style('red', line)
      return line.startsWith('@@') ? style('cyan', line) : line
    })
    .join('\n')
}
