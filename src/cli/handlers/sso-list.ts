/** `hallpass sso list`. */
import type { Handler } from '../descriptor.ts'

export const ssoList: Handler = async (context) => {
  const { identities, centers } = await context.hallpass()
  const all = await Promise.all(
    identities
      .list()
      .filter((identity) => identity.kind === 'identity-center')
      .map(async ({ name, startUrl, ssoRegion, region, cliSession }) => ({
        ...{ name, startUrl, ssoRegion, region, cliSession },
        ...(await centers.state(name)),
      })),
  )
  if (context.json) context.jsonData(all)
  else if (all.length === 0)
    context.note('There are no sign-ins yet. Add one with: hallpass sso add NAME --start-url URL --region REGION')
  else
    context.table(
      [{ title: 'name' }, { title: 'signed in until' }, { title: 'start URL', shrinks: true }, { title: 'in' }],
      all.map(({ name, startUrl, ssoRegion, signedInUntil, renews }) => [
        { text: name, format: 'bold' },
        signedInUntil === null
          ? { text: 'not signed in', format: 'dim' }
          : {
              text: `${signedInUntil.slice(0, 16).replace('T', ' ')} UTC${renews ? ', renews itself' : ''}`,
              format: 'green',
            },
        startUrl,
        ssoRegion,
      ]),
    )
  return 0
}
