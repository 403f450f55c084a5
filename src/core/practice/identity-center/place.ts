/** Where the practice account's Identity Center is, and who signs in there. */

export interface IdentityCenterPlace {
  /** `https://d-9367a4c1f2.awsapps.com/start` */
  readonly startUrl: string
  readonly region: string
  /** The person who signs in. */
  readonly userName: string
}

export const SEEDED_PLACE: IdentityCenterPlace = {
  startUrl: 'https://d-9367a4c1f2.awsapps.com/start',
  region: 'eu-west-1',
  userName: 'dana.whitfield',
}
