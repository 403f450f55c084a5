/** `hallpass files show`. */
import type { FilesView, ReadProblem } from '#core/awsfiles/service.ts'
import { redactFields } from '#core/redact.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { renderProblems } from '../output/file-problems.ts'
import { styleFor, withoutControls } from '../output/style.ts'

export const filesShow: Handler = async (context, invocation) => {
  // The parser has checked the choice.
  const reader = invocation.text('reader') as ReadProblem['breaks'][number] | undefined
  const { files } = await context.hallpass()
  const view = await context.progress.during('Reading the AWS files', files.show(reader))
  if (context.json) {
    context.jsonData(view)
    return 0
  }
  const sections = [
    ...renderSections(context, 'profile', view.profiles),
    ...renderSections(context, 'sso-session', view.ssoSessions),
  ]
  if (sections.length > 0) context.data(sections.join('\n\n'))
  else context.note('There are no profiles in the AWS files, for this reader.')
  // What does not concern this reader is for the check.
  const own = view.problems.filter(({ breaks }) => breaks.includes(reader ?? 'aws'))
  if (own.length > 0) context.note(`\n${renderProblems(own, styleFor(context.host.stderr, context.host.env))}`)
  if (view.problems.length > 0) context.note('\nSee all problems and what to do: hallpass files check')
  return 0
}

function renderSections({ style }: CliContext, type: string, sections: FilesView['profiles']): string[] {
  return Object.entries(sections).map(([name, values]) => {
    const lines = Object.entries(redactFields(values) as typeof values).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [renderValue(key, value)]
        : [`  ${key} =`, ...Object.entries(value).map(([inner, text]) => `  ${renderValue(inner, text)}`)],
    )
    return [style('bold', `[${type} ${name}]`), ...lines].map((line) => withoutControls(line)).join('\n')
  })
}

/** One line for one line of the file. */
function renderValue(key: string, value: string): string {
  return `  ${key} = ${value.split('\n').join('\n    ')}`.trimEnd()
}
