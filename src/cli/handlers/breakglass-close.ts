/** `hallpass breakglass close | remove`. */
import { sealedTaskSchema } from '#shared/breakglass.ts'
import type { Handler } from '../descriptor.ts'
import { confirm } from '../input/confirm.ts'
import { tasksText } from '../output/describe-sealed.ts'

export const breakglassClose: Handler = async (context, invocation) => {
  const { breakglass } = await context.hallpass()
  const name = invocation.argument('name')
  await breakglass.seal(name)
  for (const word of invocation.list('done')) await breakglass.done(name, sealedTaskSchema.parse(word))
  const note = invocation.text('note')
  if (note !== undefined) await breakglass.done(name, 'note', note)
  const sealed = breakglass.show(name)
  if (context.json) context.jsonData(sealed)
  const left = sealed.tasks.length === 0 ? 'Nothing is left to do.' : `Left to do: ${tasksText(sealed.tasks)}.`
  context.note(`${sealed.name} is sealed. ${left}`)
  return 0
}

export const breakglassRemove: Handler = async (context, invocation) => {
  const { breakglass } = await context.hallpass()
  const { name, userName } = breakglass.show(invocation.argument('name'))
  if (invocation.flag('yes') !== true)
    await confirm(context, {
      question: `What is inside is gone then, and nothing brings it back. Type ${name} to remove it: `,
      answer: name,
      message: `Removing ${name} takes its secrets away for good, and has to be confirmed.`,
      hint: 'Look at it with hallpass breakglass show, then give --yes.',
    })
  await context.progress.during('Removing what is inside', breakglass.remove(name))
  if (context.json) context.jsonData({ removed: name })
  context.note(`Removed ${name} and what was inside. The user ${userName} is still there in AWS.`)
  return 0
}
