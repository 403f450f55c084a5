/** Sealed credentials, rotations and set-ups as records: JSON, checked when it is written. */
import { type SealedRecord, sealedRecordSchema } from '#shared/breakglass.ts'
import { type SetupRecord, setupRecordSchema } from '#shared/breakglass-setup.ts'
import { HallpassError } from '#shared/errors.ts'
import { type DiscoveryRecord, discoveryRecordSchema } from '#shared/identity-center.ts'
import { type Rotation, rotationSchema } from '#shared/rotation.ts'
import type { Connection } from './connection.ts'
import { parseJson } from './reading.ts'
import { brokenConstraint, type Row } from './sqlite.ts'
import type { DiscoveryTable, RotationTable, SealedTable, SetupTable } from './types.ts'

export function createSealedTable(connection: Connection): SealedTable {
  const select = 'SELECT record FROM sealed'
  const fromRow = ([record]: Row) => parseJson<SealedRecord>(connection, String(record), 'userName')
  const write = (name: string, work: () => void) => {
    try {
      connection.transaction(work)
    } catch (error) {
      if (brokenConstraint(error) === undefined) throw error
      throw new HallpassError('name.taken', `A sealed credential is called ${name} already.`, {
        hint: 'Choose another name.',
      })
    }
  }
  return {
    list: () => connection.all(`${select} ORDER BY name`).map(fromRow),
    byId: (id) => connection.all(`${select} WHERE id = ?`, id).map(fromRow)[0],
    byName: (name) => connection.all(`${select} WHERE name = ?`, name).map(fromRow)[0],
    insert(record) {
      const text = JSON.stringify(sealedRecordSchema.parse(record))
      write(record.name, () => {
        connection.run('INSERT INTO sealed (id, name, record) VALUES (?, ?, ?)', record.id, record.name, text)
      })
    },
    update(record) {
      const text = JSON.stringify(sealedRecordSchema.parse(record))
      write(record.name, () => {
        connection.run('UPDATE sealed SET name = ?, record = ? WHERE id = ?', record.name, text, record.id)
      })
    },
    remove: (id) => void connection.run('DELETE FROM sealed WHERE id = ?', id),
  }
}

export function createRotationTable(connection: Connection): RotationTable {
  const select = 'SELECT record FROM rotations'
  const fromRow = ([record]: Row) => parseJson<Rotation>(connection, String(record), 'phase')
  return {
    list: () => connection.all(`${select} ORDER BY holder`).map(fromRow),
    get: (holder) => connection.all(`${select} WHERE holder = ?`, holder).map(fromRow)[0],
    put(rotation) {
      const text = JSON.stringify(rotationSchema.parse(rotation))
      connection.run('INSERT OR REPLACE INTO rotations (holder, record) VALUES (?, ?)', rotation.holder, text)
    },
    remove: (holder) => void connection.run('DELETE FROM rotations WHERE holder = ?', holder),
  }
}

export function createSetupTable(connection: Connection): SetupTable {
  const select = 'SELECT record FROM setups'
  const fromRow = ([record]: Row) => parseJson<SetupRecord>(connection, String(record), 'choices')
  return {
    list: () => connection.all(`${select} ORDER BY sealed_id`).map(fromRow),
    get: (sealedId) => connection.all(`${select} WHERE sealed_id = ?`, sealedId).map(fromRow)[0],
    put(record) {
      const text = JSON.stringify(setupRecordSchema.parse(record))
      connection.run('INSERT OR REPLACE INTO setups (sealed_id, record) VALUES (?, ?)', record.sealedId, text)
    },
    remove: (sealedId) => void connection.run('DELETE FROM setups WHERE sealed_id = ?', sealedId),
  }
}

export function createDiscoveryTable(connection: Connection): DiscoveryTable {
  const fromRow = ([record]: Row) => parseJson<DiscoveryRecord>(connection, String(record), 'choices')
  return {
    get: (id) => connection.all('SELECT record FROM discoveries WHERE identity_id = ?', id).map(fromRow)[0],
    put(record) {
      const text = JSON.stringify(discoveryRecordSchema.parse(record))
      connection.run('INSERT OR REPLACE INTO discoveries (identity_id, record) VALUES (?, ?)', record.identityId, text)
    },
  }
}
