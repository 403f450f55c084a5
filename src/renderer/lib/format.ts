/** Identifiers as the screens show them. */
import { commonStrings } from '../strings/common.ts'

/** An account id in fours, for reading; joined it gives the id back. */
export function accountInFours(accountId: string): string[] {
  return accountId.match(/.{1,4}/g) ?? []
}

/** A key id as its first and last four characters: `AKIA…Q4TN`. */
export function shortenKeyId(accessKeyId: string): string {
  return accessKeyId.length <= 8 ? accessKeyId : `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`
}

/** A role ARN in two parts: the head may be cut, the path and name stay. */
export function splitRoleArn(arn: string): [head: string, tail: string] {
  const at = arn.indexOf(':role/')
  return at < 0 ? ['', arn] : [arn.slice(0, at + 6), arn.slice(at + 6)]
}

/** The name of an MFA device: the end of its ARN, or the serial number itself. */
export function deviceName(serial: string): string {
  return serial.slice(serial.lastIndexOf('/') + 1)
}

/** Counts up to 9,999 in full, as the person's locale writes them, then `12 k`. */
export function formatCount(count: number): string {
  return count <= 9999 ? count.toLocaleString() : commonStrings.thousands(Math.floor(count / 1000))
}

/** `1 role`, `2 roles`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`
}

/** True for the ARN of an account's root user. */
export function isRootArn(arn: string | null): boolean {
  return arn?.endsWith(':root') ?? false
}

/** An address without what goes without saying. */
export function bareUrl(url: string): string {
  return url.replace(/^https?:\/\//, '')
}
