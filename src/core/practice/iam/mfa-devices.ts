/** Virtual MFA devices: made unassigned, enabled with two codes that follow each other (facts F.4). */
import type { User } from '../directory.ts'
import type { ResultFields } from '../query.ts'
import { Refusal } from '../refusal.ts'
import {
  deleteConflict,
  type IamAction,
  type IamCall,
  limitExceeded,
  NAME_LIMITS,
  nameOf,
  noSuchEntity,
  pageOf,
  pathOf,
  timeText,
  userOrSelf,
} from './call.ts'

const DEVICES_PER_USER = 8

/** A PNG of one pixel: nobody scans the codes of the practice account. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

function createDevice(call: IamCall): ResultFields {
  const name = nameOf(call, 'VirtualMFADeviceName', NAME_LIMITS.device)
  const path = pathOf(call)
  const serial = `${call.arnPrefix}mfa${path}${name}`
  if ([...call.iam.devices.keys()].some((each) => each.toLowerCase() === serial.toLowerCase()))
    throw new Refusal(409, 'EntityAlreadyExists', 'MFADevice entity at the same path and name already exists.')
  const device = call.directory.addDevice(call.accountId, path, name)
  return {
    VirtualMFADevice: {
      SerialNumber: device.serial,
      Base32StringSeed: Buffer.from(device.seed).toString('base64'),
      QRCodePNG: PIXEL,
    },
  }
}

function findDevice({ iam, parameters }: IamCall) {
  const serial = parameters.get('SerialNumber') ?? ''
  const found = iam.devices.get(serial)
  if (found) return found
  throw noSuchEntity(`VirtualMFADevice with serial number ${serial} does not exist.`)
}

function enableDevice(call: IamCall): ResultFields {
  const user = userOrSelf(call)
  const { device, user: holder } = findDevice(call)
  if (holder) throw new Refusal(409, 'EntityAlreadyExists', 'MFADevice is already in use.')
  if (user.devices.length >= DEVICES_PER_USER) throw limitExceeded('MFADevicesPerUser', DEVICES_PER_USER)
  const [first, second] = ['1', '2'].map((number) =>
    device.stepOf(call.parameters.get(`AuthenticationCode${number}`) ?? '', call.nowMs),
  )
  if (first === undefined || second !== first + 1)
    throw new Refusal(403, 'InvalidAuthenticationCode', `Authentication code for device is not valid`)
  user.devices.push(device)
  call.iam.devices.set(device.serial, { device, user })
  return {}
}

function deactivateDevice(call: IamCall): ResultFields {
  const user = userOrSelf(call)
  const { device, user: holder } = findDevice(call)
  if (holder !== user) throw noSuchEntity(`MFA Device invalid for user ${user.name}.`)
  user.devices.splice(user.devices.indexOf(device), 1)
  call.iam.devices.set(device.serial, { device, user: undefined })
  return {}
}

function deleteDevice(call: IamCall): ResultFields {
  const { device, user } = findDevice(call)
  if (user) throw deleteConflict('Cannot delete entity, must deactivate MFA device first.')
  call.iam.devices.delete(device.serial)
  return {}
}

const enabledOf = (user: User): ResultFields[] =>
  user.devices.map(({ serial }) => ({
    UserName: user.name,
    SerialNumber: serial,
    EnableDate: timeText(user.createdAt),
  }))

function listVirtual(call: IamCall): ResultFields {
  const wanted = call.parameters.get('AssignmentStatus') ?? 'Any'
  const devices = [...call.iam.devices.values()].filter(
    ({ user }) => wanted === 'Any' || (wanted === 'Assigned') === (user !== undefined),
  )
  return pageOf(
    call,
    'VirtualMFADevices',
    devices.map(({ device, user }) => ({
      SerialNumber: device.serial,
      ...(user
        ? {
            User: {
              UserName: user.name,
              UserId: user.userId,
              Arn: user.arn,
              Path: '/',
              CreateDate: timeText(user.createdAt),
            },
          }
        : {}),
    })),
  )
}

export const MFA_ACTIONS: Readonly<Record<string, IamAction>> = {
  CreateVirtualMFADevice: { self: true, run: createDevice },
  EnableMFADevice: { self: true, run: enableDevice },
  DeactivateMFADevice: { self: true, run: deactivateDevice },
  DeleteVirtualMFADevice: { self: true, run: deleteDevice },
  ListMFADevices: { self: true, run: (call) => pageOf(call, 'MFADevices', enabledOf(userOrSelf(call))) },
  ListVirtualMFADevices: { run: listVirtual },
}
