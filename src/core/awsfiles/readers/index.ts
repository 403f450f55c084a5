/** The three readers by name, and both files read by one of them. */
import { readAsAws } from './aws.ts'
import { readAsBotocore } from './botocore.ts'
import { readAsJsSdk } from './js-sdk.ts'
import type { Reader, ReaderName } from './types.ts'

export const READERS: Readonly<Record<ReaderName, Reader>> = {
  aws: readAsAws,
  botocore: readAsBotocore,
  'js-sdk': readAsJsSdk,
}
