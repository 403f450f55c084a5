/**
 * What an AccessDenied of STS means. AWS gives one answer for many causes: where its text tells them apart the cause is
 * named, elsewhere the likely ones are, less those that what was sent rules out.
 */
import type { CallContext, Explanation } from './explain-context.ts'

/** @param words AWS's message */
export function explainDenied(words: string, context: CallContext): Explanation {
  const { target, caller } = context
  if (/invalid MFA one time pass ?code/i.test(words)) {
    return {
      code: 'sts.mfa-invalid',
      message: 'AWS did not accept that MFA code. It is wrong, too old, or has been used already.',
      hint: 'Wait for the next code. Each one works once.',
    }
  }
  if (/unable to validate MFA code|verify your MFA serial/i.test(words)) {
    return {
      code: 'sts.mfa-serial',
      message: `AWS does not know the MFA device ${context.mfaSerial ?? ''} for ${caller}.`.replace('  ', ' '),
      hint: 'Set the device’s own serial, such as arn:aws:iam::123456789012:mfa/device, on the identity. It contains :mfa/, not :user/.',
    }
  }
  if (/must provide both MFA serial number and one time pass ?code/i.test(words)) {
    return {
      code: 'sts.mfa-incomplete',
      message: 'AWS got only one of MFA serial and MFA code.',
      hint: 'Set the MFA serial on the identity and give a code.',
    }
  }
  if (/Cannot call \w+ with session credentials/i.test(words)) {
    return {
      code: 'sts.session-credentials',
      message: `AWS lets only a long-term key ask for a session of ${target}, and this call was signed with a session.`,
      hint: 'Store the long-term access key (AKIA…) as an identity.',
    }
  }
  if (/Roles may not be assumed by root/i.test(words)) {
    return {
      code: 'sts.root-caller',
      message: 'AWS never lets a root user assume a role.',
      hint: 'Store the key of an IAM user instead, and delete the root user’s key.',
    }
  }
  if (/explicit deny/i.test(words)) {
    const where = /explicit deny in (an? [a-z- ]+?policy)/i.exec(words)?.[1]
    return {
      code: 'sts.access-denied',
      message: `AWS refused ${target}: ${where ?? 'a policy'} explicitly denies it to ${caller}.`,
      hint: 'Ask whoever manages the account’s policies. Details has AWS’s own words.',
    }
  }
  if (/no identity-based policy allows/i.test(words)) {
    return {
      code: 'sts.access-denied',
      message: `AWS refused ${target}: no policy of ${caller} allows ${actionOf(words) ?? `sts:${context.operation}`} on it.`,
      hint: `Have that permission added to ${caller}.`,
    }
  }
  return context.operation === 'AssumeRole' ? explainTrust(words, context) : explainPlainDenial(context)
}

/** The one answer STS gives for a trust mismatch, a missing role and missing MFA alike. */
function explainTrust(words: string, context: CallContext): Explanation {
  const { target, caller } = context
  const action = actionOf(words)
  if (action === 'sts:TagSession' || action === 'sts:SetSourceIdentity') {
    const what = action === 'sts:TagSession' ? 'session tags' : 'a source identity'
    return {
      code: 'sts.access-denied',
      message: `AWS refused ${target}: the role sends ${what}, and its trust policy or ${caller} lacks ${action}.`,
      hint: `Have ${action} added to the trust policy, or remove ${what} from the role.`,
    }
  }
  const causes = [`its trust policy does not name ${caller}`]
  if (!context.mfaSent) causes.push('it wants MFA and none was sent')
  causes.push(context.externalIdSent ? 'the external id is not the one it wants' : 'it wants an external id')
  if (context.tagsSent || context.sourceIdentitySent) causes.push('it does not allow the tags or source identity sent')
  causes.push('there is no such role')
  return {
    code: 'sts.access-denied',
    message: `AWS refused ${target}. AWS does not say which: either ${joinOr(causes)}.`,
    hint: context.mfaSent
      ? 'Check the role’s ARN, then ask its owner who its trust policy names.'
      : 'Turn MFA on for the role if it wants it. Otherwise check its ARN and ask its owner who its trust policy names.',
  }
}

function explainPlainDenial(context: CallContext): Explanation {
  return {
    code: 'sts.access-denied',
    message: `AWS does not allow ${context.caller} to call ${context.operation}.`,
    hint: 'Ask whoever manages the account’s policies. Details has AWS’s own words.',
  }
}

function actionOf(words: string): string | undefined {
  return /not authorized to perform: ([A-Za-z0-9]+:[A-Za-z0-9]+)/.exec(words)?.[1]
}

function joinOr(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')}, or ${parts.at(-1)}`
}
