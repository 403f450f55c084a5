/** Trust policies as JSON documents, reduced to what decides an AssumeRole; and back, for roles that had none. */
import type { Directory, Role } from '../directory.ts'
import { Refusal } from '../refusal.ts'
import type { TrustStatement } from '../trust.ts'

export interface TrustPolicy {
  readonly trust: readonly TrustStatement[]
  readonly allowsTags: boolean
  readonly allowsSourceIdentity: boolean
}

const malformed = (message: string) => new Refusal(400, 'MalformedPolicyDocument', message)

/** AWS's limit, raisable; counted without white space. */
const LONGEST = 2048

interface Statement {
  readonly Effect?: unknown
  readonly Principal?: unknown
  readonly Action?: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/**
 * @param nowMs principals are looked up as they are known now: one just made may not be (facts F.2)
 * @throws Refusal MalformedPolicyDocument
 */
export function readTrustPolicy(text: string, directory: Directory, nowMs: number): TrustPolicy {
  if (text.replaceAll(/\s/g, '').length > LONGEST)
    throw new Refusal(409, 'LimitExceeded', `Cannot exceed quota for ACLSizePerRole: ${LONGEST}`)
  const statements = list(readDocument(text).Statement) as Statement[]
  const allowing = statements.filter(({ Effect }) => Effect === 'Allow')
  const has = (action: string) => allowing.some(({ Action }) => list(Action).includes(action))
  return {
    trust: allowing
      .filter(({ Action }) => list(Action).includes('sts:AssumeRole'))
      .map((one) => statementOf(one, directory, nowMs)),
    allowsTags: has('sts:TagSession'),
    allowsSourceIdentity: has('sts:SetSourceIdentity'),
  }
}

export function readDocument(text: string): { readonly Version?: unknown; readonly Statement?: unknown } {
  try {
    const document: unknown = JSON.parse(text)
    if (typeof document === 'object' && document !== null && 'Statement' in document) return document
  } catch {
    // Said below.
  }
  throw malformed('This policy contains invalid Json')
}

function statementOf(statement: Statement, directory: Directory, nowMs: number): TrustStatement {
  const principal = statement.Principal
  if (typeof principal !== 'object' || principal === null)
    throw malformed('AssumeRolepolicy contained an invalid principal.')
  const named = list((principal as Record<string, unknown>).AWS).map(String)
  for (const each of named) checkPrincipal(each, directory, nowMs)
  const services = list((principal as Record<string, unknown>).Service).map(String)
  const condition = (operator: string, key: string) => statement.Condition?.[operator]?.[key]
  const externalId = condition('StringEquals', 'sts:ExternalId')
  return {
    principals: [...named, ...services],
    ...(typeof externalId === 'string' ? { externalId } : {}),
    ...(String(condition('Bool', 'aws:MultiFactorAuthPresent')) === 'true' ? { requiresMfa: true } : {}),
  }
}

function checkPrincipal(principal: string, directory: Directory, nowMs: number): void {
  const match = /^arn:[a-z-]+:iam::(\d{12}):(root|user\/.+|role\/.+)$/.exec(principal)
  if (/^\d{12}$/.test(principal) || match?.[2] === 'root') return
  const known = match?.[2]?.startsWith('role/')
    ? directory.role(principal)
    : directory.users(match?.[1] ?? '').find(({ arn }) => arn === principal)
  if (!known || known.knownFrom > nowMs) throw malformed(`Invalid principal in policy: "AWS":"${principal}"`)
}

/** The document of a role that was there from the start. */
export function trustDocumentOf({ trust, trustDocument, allowsTags, allowsSourceIdentity }: Role): string {
  if (trustDocument !== undefined) return trustDocument
  const actions = [
    'sts:AssumeRole',
    ...(allowsTags ? ['sts:TagSession'] : []),
    ...(allowsSourceIdentity ? ['sts:SetSourceIdentity'] : []),
  ]
  const Statement = trust.map(({ principals, externalId, requiresMfa }) => ({
    Effect: 'Allow',
    Principal: principals.some((each) => each.endsWith('.amazonaws.com'))
      ? { Service: principals }
      : { AWS: principals },
    Action: actions,
    Condition: {
      ...(externalId === undefined ? {} : { StringEquals: { 'sts:ExternalId': externalId } }),
      ...(requiresMfa ? { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } : {}),
    },
  }))
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

function list(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
