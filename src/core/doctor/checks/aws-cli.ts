/** The AWS CLI: there, and new enough for what profiles say. */
import type { DoctorCheck } from '#shared/doctor.ts'
import { ok, warn } from '../check.ts'

export interface AwsCliFacts {
  /** Absolute. */
  readonly path: string
  /** What `aws --version` began with: `2.15.30`; null when it did not tell. */
  readonly version: string | null
}

/**
 * Whether that version reads `endpoint_url` from a profile, which AWS added in 1.29 (botocore 1.31) and 2.13; profiles
 * of the practice account need it. (AWS SDKs and Tools Reference, "Service-specific endpoints"; botocore's change log.)
 */
export function readsEndpointUrl(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 2 || (major === 2 && minor >= 13) || (major === 1 && minor >= 29)
}

/** @param cli the first on PATH; null when there is none @param isPractice its profiles name the practice account */
export function checkAwsCli(cli: AwsCliFacts | null, isPractice: boolean): DoctorCheck {
  const id = 'aws-cli'
  if (!cli) {
    return ok(id, 'The AWS CLI is not installed.', {
      why: 'Hallpass does not need it. SDKs and other tools use the same profiles.',
    })
  }
  if (cli.version === null) {
    return warn(id, `${cli.path} does not tell its version.`, {
      why: 'It may be broken, or very slow to start.',
      next: { text: 'Run it in a terminal and see.', command: 'aws --version' },
    })
  }
  if (readsEndpointUrl(cli.version))
    return ok(id, `The AWS CLI is ${cli.version} and reads endpoint_url from profiles.`)
  const title = `The AWS CLI is ${cli.version}, which does not read endpoint_url from profiles.`
  if (!isPractice) return ok(id, title, { why: 'It uses Hallpass’s profiles all the same. From 2.13 on it does.' })
  return warn(id, title, {
    why: 'With a practice profile it would call AWS, which knows no practice keys.',
    next: { text: 'Give it --endpoint-url with the address of the practice account, or install 2.13 or later.' },
  })
}
