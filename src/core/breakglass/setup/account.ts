/** The account a set-up works in: who signs, and one call after another, waited for and taken up where AWS is slow. */
import type { SetupChoices } from '#shared/breakglass-setup.ts'
import { type ErrorCode, HallpassError, isHallpassError } from '#shared/errors.ts'
import { partitionById } from '#shared/partitions.ts'
import type { IamCaller, IamCalls, IamOperation, IamOperations } from '../../aws/iam.ts'
import type { SigningCredentials, StsCalls } from '../../aws/index.ts'
import { patiently, type Wait } from '../../aws/patience.ts'
import { secretEntry } from '../../identities.ts'
import { findKeyIdentity } from '../../names.ts'
import type { Store } from '../../store/types.ts'
import type { Vault } from '../../vault/types.ts'

export interface AccountParts {
  readonly store: Store
  readonly vault: Vault
  readonly iam: IamCalls
  readonly sts: Pick<StsCalls, 'getCallerIdentity' | 'assumeRole'>
  readonly mfaSession: (identityName: string) => Promise<SigningCredentials | undefined>
  readonly wait?: Wait | undefined
}

export interface Account {
  readonly accountId: string
  readonly partition: string
  readonly alias: string | null
  send<N extends IamOperation>(operation: N, input: IamOperations[N][0]): Promise<IamOperations[N][1]>
  /** The answer, or `undefined` when there is no such thing. */
  look<N extends IamOperation>(operation: N, input: IamOperations[N][0]): Promise<IamOperations[N][1] | undefined>
  /** Again and again while it fails with that code, up to about a minute. */
  patiently<T>(code: ErrorCode, work: () => Promise<T>): Promise<T>
}

/** @throws `identity.not-found`, `identity.no-key`, `iam.*`, `sts.*`, `network.*`, `vault.*` */
export async function openAccount(parts: AccountParts, { from }: Pick<SetupChoices, 'from'>): Promise<Account> {
  const { store, vault, iam, sts, mfaSession, wait } = parts
  const identity = findKeyIdentity(store, from)
  const secretAccessKey = await vault.get(secretEntry(identity.id))
  const key = { accessKeyId: identity.accessKeyId, secretAccessKey }
  const { arn, accountId } = await sts.getCallerIdentity(key, { region: identity.region, name: identity.name })
  if (/:root$/.test(arn))
    throw new HallpassError('input.invalid', `${from} is a root user, whose key nothing can restrict.`, {
      hint: 'Make an IAM user with IAM rights, store its key, and delete the root key.',
    })
  const partition = partitionById(arn.split(':')[1] ?? '')?.id ?? 'aws'
  let caller: IamCaller = { credentials: key, partition, name: identity.name }

  const send: Account['send'] = async (operation, input) => {
    try {
      return await iam.send(caller, operation, input)
    } catch (error) {
      const mayNeedMfa = isHallpassError(error, 'iam.denied') && caller.credentials.sessionToken === undefined
      const session = mayNeedMfa ? await mfaSession(identity.name) : undefined
      if (!session) throw error
      caller = { ...caller, credentials: session }
      return iam.send(caller, operation, input)
    }
  }
  const look: Account['look'] = async (operation, input) => {
    try {
      return await send(operation, input)
    } catch (error) {
      if (isHallpassError(error, 'iam.not-found')) return undefined
      throw error
    }
  }
  const aliases = await look('ListAccountAliases', {}).catch((error: unknown) => {
    if (isHallpassError(error, 'iam.denied')) return undefined
    throw error
  })
  return {
    accountId,
    partition,
    alias: aliases?.AccountAliases?.[0] ?? null,
    send,
    look,
    patiently: (code, work) => patiently(work, [code], { wait }),
  }
}
