/** Readers of the AWS files by the names people know. */
import type { ReadProblem } from '#core/awsfiles/service.ts'

type Reader = ReadProblem['breaks'][number]

const USERS: Readonly<Record<Reader, string>> = {
  aws: 'the SDKs for Java, Rust, C++ and others',
  botocore: 'boto3 and the AWS CLI',
  'js-sdk': 'the AWS SDK for JavaScript',
}

/** Who is meant: `boto3 and the AWS CLI`, or `every SDK`. */
export function usersOf(readers: readonly Reader[]): string {
  return readers.length === Object.keys(USERS).length ? 'every SDK' : readers.map((reader) => USERS[reader]).join('; ')
}
