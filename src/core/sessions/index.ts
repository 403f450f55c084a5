/** Sessions as the rest of core uses them. */
export { createSessionEngine, type SessionEngine, type SessionEngineOptions } from './engine.ts'
export {
  createSessionKeeper,
  type KeeperEvent,
  type KeeperEventKind,
  type KeeperParts,
  type SessionKeeper,
} from './keeper.ts'
export type { SessionStates, TargetState } from './states.ts'
