/**
 * New console passwords for sealed credentials. The new one is in the vault before AWS hears of it, and takes the old
 * one's place there once AWS has it.
 */
import type { SealedRecord } from '#shared/breakglass.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { partitionById } from '#shared/partitions.ts'
import type { IamCaller } from '../aws/iam.ts'
import type { Clock } from '../capabilities.ts'
import { findSealed, sealedDetail, sealedEntry } from './records.ts'
import type { PasswordRotation } from './service.ts'
import { type AccountParts, openAccount } from './setup/account.ts'
import { makePassword } from './setup/password.ts'

export interface PasswordParts extends AccountParts {
  readonly clock: Clock
  readonly record: (sealed: SealedRecord, step: string) => Promise<void>
}

export function createPasswordRotation(parts: PasswordParts): PasswordRotation {
  const { store, vault, iam, clock } = parts

  async function setByIdentity({ userName, id, name, accountId }: SealedRecord, from: string): Promise<void> {
    const account = await openAccount(parts, { from })
    // Users of the same name are in many accounts.
    if (accountId !== null && account.accountId !== accountId)
      throw new HallpassError('input.invalid', `${from} is of account ${account.accountId}, ${name} of ${accountId}.`, {
        hint: `Use an identity of account ${accountId}.`,
      })
    const policy = await account.look('GetAccountPasswordPolicy', {})
    const isTakenUp = store.vaultIndex.has(sealedEntry(id, 'next-password'))
    const offerOne = () =>
      offer(
        id,
        () => makePassword(policy?.PasswordPolicy),
        (Password) =>
          account.send('UpdateLoginProfile', { UserName: userName, Password, PasswordResetRequired: false }),
      )
    await offerOne().catch((error: unknown) => {
      // The one that an interrupted try left may be in force by now, and a policy against using one again refuse it.
      if (isTakenUp && isHallpassError(error, 'iam.password-policy')) return offerOne()
      throw error
    })
  }

  async function setByUser(sealed: SealedRecord): Promise<void> {
    const { id, name } = sealed
    const caller: IamCaller = {
      credentials: {
        accessKeyId: sealed.accessKeyId ?? '',
        secretAccessKey: await vault.get(sealedEntry(id, 'secret-access-key')),
      },
      partition: partitionById(sealed.userArn?.split(':')[1] ?? '')?.id ?? 'aws',
      name,
    }
    const policy = await iam.send(caller, 'GetAccountPasswordPolicy', {}).catch((error: unknown) => {
      // Without one, AWS's default counts; who may not read it gets a password that meets any but the oddest.
      if (isHallpassError(error, 'iam.not-found') || isHallpassError(error, 'iam.denied')) return undefined
      throw error
    })
    const isTakenUp = store.vaultIndex.has(sealedEntry(id, 'next-password'))
    const OldPassword = await vault.get(sealedEntry(id, 'password'))
    const change = async (NewPassword: string) => {
      try {
        await iam.send(caller, 'ChangePassword', { OldPassword, NewPassword })
      } catch (error) {
        if (!isTakenUp || !isHallpassError(error, 'iam.denied')) throw error
        // AWS no longer takes the old one: an interrupted try has set the new one, if AWS takes that.
        await confirm(caller, NewPassword)
      }
    }
    await offer(id, () => makePassword(policy?.PasswordPolicy), change)
  }

  /** AWS has no way to ask whether a password is right, but says first whether the old one is when it is changed. */
  async function confirm(caller: IamCaller, password: string): Promise<void> {
    try {
      await iam.send(caller, 'ChangePassword', { OldPassword: password, NewPassword: password })
    } catch (error) {
      if (!isHallpassError(error, 'iam.password-policy')) throw error
    }
  }

  async function nextPassword(id: string, make: () => string): Promise<string> {
    const entry = sealedEntry(id, 'next-password')
    if (store.vaultIndex.has(entry)) return vault.get(entry)
    const made = make()
    await vault.put(entry, made)
    return made
  }

  /** @throws what `set` throws. A password that the account's policy refuses goes, so that the next try makes another. */
  async function offer(id: string, make: () => string, set: (password: string) => Promise<unknown>): Promise<void> {
    try {
      await set(await nextPassword(id, make))
    } catch (error) {
      if (isHallpassError(error, 'iam.password-policy')) await vault.remove(sealedEntry(id, 'next-password'))
      throw error
    }
  }

  return {
    async rotate(name, by) {
      const sealed = findSealed(store, name)
      if (!sealed.holds.includes('password'))
        throw new HallpassError('breakglass.nothing-inside', `${name} has no password inside.`)
      const hasKey = sealed.holds.includes('secret-access-key')
      const signer = by ?? (hasKey ? undefined : store.setups.get(sealed.id)?.choices.from)
      if (signer === undefined && !hasKey)
        throw new HallpassError('input.required', `Who is to change the password of ${name}? It has no access key.`, {
          hint: 'Give an identity with IAM rights: --with IDENTITY',
        })
      await (signer === undefined ? setByUser(sealed) : setByIdentity(sealed, signer))
      await vault.put(sealedEntry(sealed.id, 'password'), await vault.get(sealedEntry(sealed.id, 'next-password')))
      await vault.remove(sealedEntry(sealed.id, 'next-password'))
      store.transaction(() => {
        const current = store.sealed.byId(sealed.id)
        if (!current) return
        const tasks = current.tasks.filter((task) => task !== 'rotate-password')
        store.sealed.update({ ...current, tasks, passwordRotatedAt: new Date(clock()).toISOString() })
      })
      await parts.record(sealed, 'password')
      return sealedDetail(store, findSealed(store, name), clock())
    },
  }
}
