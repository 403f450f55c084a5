/** Whether two mean the same Identity Center, however the address of its portal is written. */

/** Where an Identity Center is. */
export interface CenterPlace {
  readonly startUrl: string
  /** Its home region. */
  readonly ssoRegion: string
}

export function isSameCenter(one: CenterPlace, other: CenterPlace): boolean {
  return one.ssoRegion === other.ssoRegion && bareUrl(one.startUrl) === bareUrl(other.startUrl)
}

/** The portal leads to the same place with slashes or `#` at its end: people copy it from the browser. */
function bareUrl(url: string): string {
  return url
    .trim()
    .replace(/[/#]+$/, '')
    .toLowerCase()
}
