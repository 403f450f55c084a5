export { type CredentialsEndpoint, startCredentialsEndpoint } from './server.ts'
export { type CredentialsSource, createCredentialsSource } from './source.ts'
