/** The user's virtual MFA device, enabled with codes of its own seed. */
import type { VirtualMFADevice } from '@aws-sdk/client-iam'
import { isHallpassError } from '#shared/errors.ts'
import { codeWindow, totpCode } from '../../../mfa/totp-code.ts'
import { parseTotpSeed } from '../../../mfa/totp-seed.ts'
import type { Account } from '../account.ts'
import { deviceSerialOf } from '../documents.ts'
import { SECRET, type SetupStep, type StepContext } from '../step.ts'

export const mfaDevice: SetupStep = {
  id: 'mfa-device',
  isWanted: ({ withMfa }) => withMfa,
  subject: ({ user: name }) => name,
  calls: ({ user: UserName }, accountId, partition) => [
    { operation: 'CreateVirtualMFADevice', input: { VirtualMFADeviceName: UserName } },
    {
      operation: 'EnableMFADevice',
      input: {
        UserName,
        SerialNumber: deviceSerialOf(partition, accountId, UserName),
        AuthenticationCode1: SECRET,
        AuthenticationCode2: SECRET,
      },
    },
  ],
  async look({ account, choices, secrets }) {
    const serial = deviceSerialOf(account.partition, account.accountId, choices.user)
    const answer = await account.look('ListMFADevices', { UserName: choices.user })
    if (answer?.MFADevices?.some(({ SerialNumber }) => SerialNumber === serial))
      return secrets.has('totp-seed') ? 'exists' : { differs: 'It has a device whose seed Hallpass does not know.' }
    const device = await findDevice(account, serial)
    if (!device) return 'absent'
    return device.User
      ? { differs: `A device of that name is there, and ${device.User.UserName ?? 'the root user'} uses it.` }
      : { differs: 'A device of that name is there, and nobody uses it.', half: true }
  },
  async make(context) {
    const { account, choices, secrets } = context
    const made = await account.send('CreateVirtualMFADevice', { VirtualMFADeviceName: choices.user })
    const { SerialNumber = '', Base32StringSeed } = made.VirtualMFADevice ?? {}
    // The SDK gives bytes, which are Base32 text (facts F.4).
    await secrets.putDevice(SerialNumber, Buffer.from(Base32StringSeed ?? []).toString('ascii'))
    await enable(context, SerialNumber)
    return SerialNumber
  },
  async mend(context) {
    const { account, choices, secrets } = context
    const serial = deviceSerialOf(account.partition, account.accountId, choices.user)
    const { MFADevices = [] } = await account.send('ListMFADevices', { UserName: choices.user })
    if (MFADevices.some(({ SerialNumber }) => SerialNumber === serial)) return serial
    // With the answer, its seed was lost: nobody can use that device. One whose seed is known has to be enabled only.
    if (!secrets.has('totp-seed')) {
      await account.look('DeleteVirtualMFADevice', { SerialNumber: serial })
      return mfaDevice.make(context)
    }
    await enable(context, serial)
    return serial
  },
  async unmake({ account, choices, secrets }) {
    const SerialNumber = deviceSerialOf(account.partition, account.accountId, choices.user)
    // Without its seed there is at most half of one, which nobody has enabled.
    if (!secrets.has('totp-seed') && (await findDevice(account, SerialNumber))?.User) return
    await account.look('DeactivateMFADevice', { UserName: choices.user, SerialNumber })
    await account.look('DeleteVirtualMFADevice', { SerialNumber })
  },
}

/** Also one that another user has. @throws as `Account.send` */
async function findDevice(account: Account, serial: string): Promise<VirtualMFADevice | undefined> {
  let Marker: string | undefined
  do {
    const answer = await account.send('ListVirtualMFADevices', { Marker })
    const found = answer.VirtualMFADevices?.find(({ SerialNumber }) => SerialNumber === serial)
    if (found) return found
    Marker = answer.IsTruncated ? answer.Marker : undefined
  } while (Marker !== undefined)
  return undefined
}

/**
 * Two codes that follow each other (facts F.4): the one before and the present one, as a person would have typed them.
 * Should the window end on the way, the next two are tried, once.
 */
async function enable({ account, choices, secrets, awsClock }: StepContext, SerialNumber: string): Promise<void> {
  const seed = parseTotpSeed(await secrets.get('totp-seed'))
  const send = () => {
    const { start } = codeWindow(seed.period, awsClock())
    const input = {
      UserName: choices.user,
      SerialNumber,
      AuthenticationCode1: totpCode(seed, start - seed.period * 1000),
      AuthenticationCode2: totpCode(seed, start),
    }
    return account.send('EnableMFADevice', input)
  }
  const enabling = () => account.patiently('iam.not-found', send)
  await enabling().catch((error: unknown) => {
    if (isHallpassError(error, 'iam.wrong-codes')) return enabling()
    throw error
  })
}
