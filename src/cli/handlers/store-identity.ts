/** Stores a new identity and says what became of it, for the commands that make one. */
import type { NewIdentity } from '#shared/identities.ts'
import type { CliContext } from '../context.ts'
import { shellWord } from '../input/mfa-prompt.ts'
import { describeIdentity } from '../output/describe.ts'
import { vaultName } from '../output/vault-name.ts'

/** An identity as options give it: absent fields may be there as `undefined`. */
export type IdentityInput = Pick<NewIdentity, 'name' | 'accessKeyId' | 'secretAccessKey'> & {
  readonly mfaSerial?: string | undefined
  readonly region?: string | undefined
}

/**
 * @param verify `false` to store without asking AWS
 * @throws what `IdentityService.add` throws
 */
export async function storeIdentity(context: CliContext, input: IdentityInput, verify = true): Promise<void> {
  const { name, accessKeyId, secretAccessKey, mfaSerial, region } = input
  const hallpass = await context.hallpass()
  const { identity, unverified } = await context.progress.during(
    verify ? 'Checking the key with AWS' : 'Storing the key',
    hallpass.identities.add(
      {
        name,
        accessKeyId,
        secretAccessKey,
        ...(mfaSerial === undefined ? {} : { mfaSerial }),
        ...(region === undefined ? {} : { region }),
      },
      { verify },
    ),
  )
  if (unverified) {
    // Said with --json too: that the key is unverified is in the data, the reason is not.
    context.host.stderr.write(
      `Stored ${identity.name}, unverified; its secret is in the ${vaultName(hallpass)}. ${unverified.message}\n` +
        `  try: Run hallpass identity test ${shellWord(identity.name)} once AWS can be reached.\n`,
    )
  }
  if (context.json) return context.jsonData(identity)
  if (!unverified) context.note(`Stored ${identity.name}; its secret is in the ${vaultName(hallpass)}.`)
  context.fields(describeIdentity(identity))
  context.note(`Next: hallpass role add NAME --arn ARN --from ${shellWord(identity.name)}`)
}
