/** `hallpass catalogue list` and `forget`. */
import type { Handler } from '../descriptor.ts'

export const catalogueList: Handler = async (context) => {
  const catalogues = (await context.hallpass()).catalogues.list()
  if (context.json) context.jsonData(catalogues)
  else if (catalogues.length === 0) context.note('No catalogue has been taken in: hallpass import catalogue SOURCE')
  else {
    context.table(
      [{ title: 'Name' }, { title: 'Roles' }, { title: 'Pulled' }, { title: 'Source', shrinks: true }],
      catalogues.map(({ name, roles, pulledAt, source }) => [name, String(roles), pulledAt, source.place]),
    )
  }
  return 0
}

export const catalogueForget: Handler = async (context, invocation) => {
  const name = invocation.argument('name')
  ;(await context.hallpass()).catalogues.forget(name)
  if (context.json) context.jsonData({ forgotten: name })
  else context.note(`${name} is forgotten. Its roles stay, and are yours from now on.`)
  return 0
}
