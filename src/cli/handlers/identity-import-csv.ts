/** `hallpass identity import-csv`: takes a downloaded access key into the keychain, and offers to delete the file. */
import { basename } from 'node:path'
import { readAccessKeyFile, suggestIdentityName } from '#core/access-key-csv.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Handler } from '../descriptor.ts'
import { settleFile } from '../input/settle-file.ts'
import { storeIdentity } from './store-identity.ts'

export const identityImportCsv: Handler = async (context, invocation) => {
  const file = invocation.argument('file')
  const read = await readAccessKeyFile(file, invocation.text('user'))
  const { key } = read
  const name = invocation.text('name') ?? suggestIdentityName(key, file)
  if (name === undefined) {
    throw new HallpassError('input.required', `${basename(file)} does not say whose key it is.`, {
      hint: 'Give the identity a name with --name.',
    })
  }
  if (key.isRoot) {
    // Too weighty to leave out with --json.
    context.host.stderr.write(
      'hallpass: This is the key of a root user, which may do everything and can’t assume roles.\n' +
        '  try: Delete it in AWS, and use the key of an IAM user.\n',
    )
  }
  if (invocation.flag('dryRun')) {
    const { accessKeyId, userName, isRoot } = key
    if (context.json) context.jsonData({ name, accessKeyId, userName, isRoot })
    else
      context.fields([
        ['Name', name],
        ['Access key', accessKeyId],
        ['User', userName],
      ])
    return 0
  }
  await storeIdentity(
    context,
    {
      name,
      accessKeyId: key.accessKeyId,
      secretAccessKey: key.secretAccessKey,
      mfaSerial: invocation.text('mfaSerial'),
      region: invocation.text('region'),
    },
    invocation.flag('verify'),
  )
  await settleFile(context, invocation, file, read)
  return 0
}
