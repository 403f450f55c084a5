/** A sheet to print and keep beside a kit: who, where and how, for somebody at three in the morning. No secret is on it. */
import type { SealedCredential } from '#shared/breakglass.ts'

const inHtml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** One HTML file that needs nothing else. @param kitFile name of the kit it belongs to */
export function sheetOf(credentials: readonly SealedCredential[], kitFile: string, madeAt: string): string {
  const sections = credentials.map(
    ({ name, userName, accountId, accountAlias, signInUrl, roles, mfaSerial }) => `
  <section>
    <h2>${inHtml(name)}</h2>
    <table>
      <tr><th>Account</th><td>${inHtml([accountAlias, accountId].filter(Boolean).join(', ') || 'unknown')}</td></tr>
      <tr><th>User</th><td>${inHtml(userName)}</td></tr>
      <tr><th>Sign in at</th><td>${inHtml(signInUrl ?? 'the account’s sign-in page')}</td></tr>
      <tr><th>MFA device</th><td>${inHtml(mfaSerial ?? 'none')}</td></tr>
      ${roles.map(({ name: role, link, arn }) => `<tr><th>Role ${inHtml(role)}</th><td>${inHtml(link ?? arn)}</td></tr>`).join('\n      ')}
    </table>
  </section>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Emergency access</title>
<style>
  body { font: 12pt/1.5 system-ui, sans-serif; margin: 2cm; max-width: 18cm; }
  th { text-align: left; vertical-align: top; padding-right: 1em; font-weight: 600; white-space: nowrap; }
  td { overflow-wrap: anywhere; }
  section { break-inside: avoid; }
</style>
<h1>Emergency access</h1>
<p>Made ${inHtml(madeAt.slice(0, 10))}. Passwords, codes and keys are not on this sheet: they are in <b>${inHtml(kitFile)}</b>.</p>
<ol>
  <li>On a computer with Hallpass: <code>hallpass breakglass kit import ${inHtml(kitFile)}</code>. Without: <code>age -d ${inHtml(kitFile)}</code>.</li>
  <li>Open the credential with a reason; sign in at its page with user, password and code.</li>
  <li>Do only what the emergency asks for. Write down what you do.</li>
  <li>Afterwards, change password and key: <code>hallpass breakglass rotate NAME --with IDENTITY</code>.</li>
</ol>${sections.join('')}
</html>
`
}
