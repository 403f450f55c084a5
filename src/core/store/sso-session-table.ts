/** Sections of the config file that share a sign-in with the AWS CLI, as records. */
import type { Connection } from './connection.ts'
import type { Row } from './sqlite.ts'
import type { OwnedSsoSession, OwnedSsoSessionTable } from './types.ts'

export function createSsoSessionTable(connection: Connection): OwnedSsoSessionTable {
  const select = 'SELECT session, config_file, identity_id, written_at FROM sso_sessions'
  return {
    get: (session, configFile) =>
      connection.all(`${select} WHERE session = ? AND config_file = ?`, session, configFile).map(fromRow)[0],
    ofIdentity: (identityId) =>
      connection.all(`${select} WHERE identity_id = ? ORDER BY session, config_file`, identityId).map(fromRow),
    put: ({ session, configFile, identityId, writtenAt }) =>
      void connection.run(
        'INSERT OR REPLACE INTO sso_sessions (session, config_file, identity_id, written_at) VALUES (?, ?, ?, ?)',
        session,
        configFile,
        identityId,
        writtenAt,
      ),
    remove: (session, configFile) =>
      void connection.run('DELETE FROM sso_sessions WHERE session = ? AND config_file = ?', session, configFile),
  }
}

function fromRow([session, configFile, identityId, writtenAt]: Row): OwnedSsoSession {
  return {
    session: String(session),
    configFile: String(configFile),
    identityId: String(identityId),
    writtenAt: String(writtenAt),
  }
}
