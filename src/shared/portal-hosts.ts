/**
 * Hosts of Identity Center's access portals. Beside `NAME.awsapps.com` and `.cn` there are those with the region in them,
 * which AWS CLI 2.38 takes for AWS's own (`awscli/customizations/sso/resolve.py`).
 */

const REGION = '([a-z]{2,5}-[a-z0-9-]+-\\d)'

/** What follows NAME and a dot, as sources of regular expressions; each has the region as a group. */
export const REGIONAL_PORTALS: readonly string[] = [
  `portal\\.${REGION}\\.app\\.aws`,
  `${REGION}\\.portal\\.amazonaws\\.com(?:\\.cn)?`,
  `portal\\.${REGION}\\.app\\.amazonwebservices\\.com\\.cn`,
  `${REGION}\\.portal\\.amazonaws\\.eu`,
  `portal\\.${REGION}\\.api\\.amazonwebservices\\.eu`,
]

const HOSTS = REGIONAL_PORTALS.map((rest) => new RegExp(`^[a-z0-9-]+\\.${rest}$`))

/** The region in the name of such a portal; undefined for any other host. */
export function regionOfPortal(host: string): string | undefined {
  for (const pattern of HOSTS) {
    const region = pattern.exec(host)?.[1]
    if (region !== undefined) return region
  }
  return undefined
}
