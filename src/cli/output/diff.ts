/** How a change of a file looks on the terminal. */
import { type Style, withoutControls } from './style.ts'

/** A unified diff, in colour where the style has any. */
export function colourDiff(style: Style, diff: string): string {
  return diff
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
