/**
 * One connection to the store's file, with its prepared statements. Everything that goes wrong comes out coded. When
 * the file was replaced under it, by another process that set a damaged one aside, it goes on with the new file.
 */
import { statSync, writeFileSync } from 'node:fs'
import { HallpassError } from '#shared/errors.ts'
import {
  connect,
  type DatabaseSync,
  isDamage,
  type Row,
  type SQLInputValue,
  type StatementSync,
  toStoreError,
} from './sqlite.ts'

/** Beside the store while damage was met in use: makes the next opening check every page. */
export function suspicionFile(file: string): string {
  return `${file}.suspect`
}

export class Connection {
  readonly file: string
  #db: DatabaseSync
  #identity: string
  #statements = new Map<string, StatementSync>()
  #depth = 0
  #reopened = 0
  #recordsChanged = false
  #beforeCommit: (() => void) | undefined
  /** As `connect` leaves it. */
  #isSynced = true

  constructor(file: string, db: DatabaseSync) {
    this.file = file
    this.#db = db
    this.#identity = identityOf(file) ?? ''
  }

  get db(): DatabaseSync {
    return this.#db
  }

  /** Whether identities, roles or the list of vault entries were changed through this connection. */
  get recordsChanged(): boolean {
    return this.#recordsChanged
  }

  /** Has `work` run at the end of every transaction, while no other process can write. It must not throw. */
  beforeCommit(work: () => void): void {
    this.#beforeCommit = work
  }

  noteRecordChange(): void {
    this.#recordsChanged = true
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.guard(() => this.#prepare(sql).all(...values) as unknown as Row[])
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.guard(() => this.#prepare(sql).get(...values) as unknown as Row | undefined)
  }

  /** @returns how many rows were changed */
  run(sql: string, ...values: SQLInputValue[]): number {
    const change = () => Number(this.guard(() => this.#prepare(sql).run(...values)).changes)
    // A statement inside a transaction is undone by itself when it fails.
    return this.#depth > 0 ? change() : this.transaction(change)
  }

  /**
   * Runs `work` in an immediate transaction. One inside another is undone alone when it fails.
   * @param synced false: once committed it outlives this process however it ends, but may go with the power; with it
   *   then goes everything after it, and nothing before. The next synced commit makes it safe. Of nested transactions the
   *   outermost decides.
   */
  transaction<T>(work: () => T, { synced = true }: { readonly synced?: boolean } = {}): T {
    if (this.#depth === 0 && this.followFile() === 'gone')
      throw new HallpassError('store.unavailable', `The file ${this.file} was removed while Hallpass was using it.`, {
        hint: 'Put it back, or start Hallpass again to begin with an empty one. Nothing was changed.',
      })
    const [begin, commit, undo] =
      this.#depth === 0
        ? ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK']
        : [
            `SAVEPOINT s${this.#depth}`,
            `RELEASE s${this.#depth}`,
            `ROLLBACK TO s${this.#depth}; RELEASE s${this.#depth}`,
          ]
    if (this.#depth === 0) this.#sync(synced)
    this.guard(() => this.#db.exec(begin))
    this.#depth += 1
    try {
      const result = work()
      if (result instanceof Promise) throw new TypeError('A store transaction can’t wait for a promise.')
      if (this.#depth === 1) this.#beforeCommit?.()
      this.guard(() => this.#db.exec(commit))
      return result
    } catch (error) {
      // SQLite has already rolled back by itself after a full disk or a failed write.
      if (this.#db.isTransaction) this.guard(() => this.#db.exec(undo))
      throw error
    } finally {
      this.#depth -= 1
    }
  }

  #sync(synced: boolean): void {
    if (synced === this.#isSynced) return
    this.guard(() => this.#db.exec(`PRAGMA synchronous = ${synced ? 'FULL' : 'NORMAL'}`))
    this.#isSynced = synced
  }

  /** Changes whenever another connection has committed, or the file was replaced. */
  foreignVersion(): number {
    if (this.#depth === 0) this.followFile()
    return this.#reopened * 2 ** 32 + Number(this.get('PRAGMA data_version')?.[0])
  }

  /** Changes whenever the file was replaced. */
  fileVersion(): number {
    if (this.#depth === 0) this.followFile()
    return this.#reopened
  }

  close(): void {
    this.#statements.clear()
    if (this.#db.isOpen) this.#db.close()
  }

  /** Runs `work`, coding what it throws. Broken constraints stay raw: what they mean depends on the table. */
  guard<T>(work: () => T): T {
    try {
      if (!this.#db.isOpen) throw new HallpassError('store.unavailable', 'Hallpass has already closed its store.')
      return work()
    } catch (error) {
      if (isDamage(error)) this.noteDamage()
      throw isConstraint(error) ? error : toStoreError(error, this.file)
    }
  }

  /** Leaves word for the next opening that this file needs a thorough look. */
  noteDamage(): void {
    try {
      writeFileSync(suspicionFile(this.file), '', { mode: 0o600 })
    } catch {
      // The error that led here is what the person sees.
    }
  }

  private followFile(): 'gone' | 'here' {
    const identity = identityOf(this.file)
    if (identity === undefined) return 'gone'
    if (identity === this.#identity || !this.#db.isOpen) return 'here'
    this.guard(() => {
      const next = connect(this.file)
      this.close()
      this.#db = next
      this.#identity = identity
      this.#isSynced = true
      this.#reopened += 1
    })
    return 'here'
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#db.prepare(sql)
      statement.setReturnArrays(true)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

function isConstraint(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 19
}

function identityOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat && `${stat.dev}:${stat.ino}`
}
