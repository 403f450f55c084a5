/** `hallpass profile list`. */
import type { Handler } from '../descriptor.ts'

export const profileList: Handler = async (context) => {
  const profiles = (await context.hallpass()).profiles.list()
  if (context.json) context.jsonData(profiles)
  else if (profiles.length === 0) {
    context.note('Hallpass has written no profiles. Write one with: hallpass profile write NAME')
  } else {
    context.table(
      [{ title: 'profile' }, { title: 'for' }, { title: 'mode' }, { title: 'file', shrinks: true }],
      profiles.map((profile) => [
        { text: profile.profile, format: 'bold' },
        profile.name,
        profile.isAdopted ? `${profile.mode}, adopted` : profile.mode,
        profile.credentialsFile ?? profile.configFile,
      ]),
    )
  }
  return 0
}
