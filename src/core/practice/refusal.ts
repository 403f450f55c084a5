/** The answer "no" of the practice account: an AWS error code with its HTTP status and text. Never leaves this folder. */

/** Thrown by whatever refuses a request; the server turns it into AWS's error document. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

// The codes and texts below are those of aws-facts C.2: the wording is what clients match on.

export const accessDenied = (message: string) => new Refusal(403, 'AccessDenied', message)

/** The one text for "not allowed", "no such role", "not trusted" and "MFA missing": AWS does not tell them apart. */
export const notAuthorized = (callerArn: string, action: string, resource: string) =>
  accessDenied(`User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource}`)

export const validationError = (message: string) => new Refusal(400, 'ValidationError', message)

export const invalidToken = () =>
  new Refusal(403, 'InvalidClientTokenId', 'The security token included in the request is invalid')

export const expiredToken = () =>
  new Refusal(403, 'ExpiredToken', 'The security token included in the request is expired')

export const signatureDoesNotMatch = (message: string) => new Refusal(403, 'SignatureDoesNotMatch', message)

export const wrongSignature = () =>
  signatureDoesNotMatch(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
      'and signing method. Consult the service documentation for details.',
  )

export const incompleteSignature = (message: string) => new Refusal(400, 'IncompleteSignature', message)

export const missingAuthentication = () =>
  new Refusal(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token')

export const invalidParameterValue = (message: string) => new Refusal(400, 'InvalidParameterValue', message)

export const internalFailure = () =>
  new Refusal(
    500,
    'InternalFailure',
    'The request processing has failed because of an unknown error, exception or failure.',
  )
