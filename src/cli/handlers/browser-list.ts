/** `hallpass browser list`: the browsers of this computer, and what opens in them. */
import type { Handler } from '../descriptor.ts'
import { describeChoice, describeScope } from '../output/describe-browser.ts'

export const browserList: Handler = async (context) => {
  const { browsers } = await context.hallpass()
  const found = await browsers.list()
  const rules = browsers.rules()
  if (context.json) {
    context.jsonData({ ...found, remembered: rules })
    return 0
  }
  for (const note of found.notes) context.note(note)
  if (found.browsers.length === 0) context.note('None of the browsers that Hallpass knows is here.')
  else {
    context.table(
      [{ title: 'Browser' }, { title: 'Name' }, { title: 'Profile' }, { title: 'Containers' }],
      found.browsers.flatMap(({ id, title, profiles }) =>
        profiles.length === 0
          ? [[id, title, '', '']]
          : profiles.map((profile) => [id, title, profile.title, profile.containers.join(', ')]),
      ),
    )
  }
  for (const rule of rules) context.note(`Consoles of ${describeScope(rule.for)} open in ${describeChoice(rule.use)}.`)
  return 0
}
