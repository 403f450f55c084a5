/** Small drawings that carry state: the environment bar, the ring of remaining time, an account id in fours. */
import type { Environment } from '#shared/fields.ts'
import { type EnvironmentTone, environmentLabel, environmentTone } from '../lib/environment.ts'
import { accountInFours } from '../lib/format.ts'

/** The pattern says as much as the hue: solid, in two, in three, outline. */
function barPieces(tone: EnvironmentTone, height: number) {
  if (tone === 'prod') return <rect width="4" height={height} rx="2" />
  if (tone === 'data' || tone === 'none') return <rect x=".5" y=".5" width="3" height={height - 1} rx="1.5" />
  const count = tone === 'stg' ? 2 : 3
  const gap = height > 12 ? 2.5 : 1.5
  const piece = (height - gap * (count - 1)) / count
  return Array.from({ length: count }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never change places
    <rect key={index} y={index * (piece + gap)} width="4" height={piece} rx="1.5" />
  ))
}

/** @param silent the environment is also written beside it */
export function EnvironmentBar(props: { environment: Environment | null; small?: boolean; silent?: boolean }) {
  const tone = environmentTone(props.environment)
  const className = `env env--${tone}${props.small ? ' env--sm' : ''}`
  const pieces = barPieces(tone, props.small ? 12 : 20)
  if (props.silent) {
    return (
      <svg className={className} aria-hidden="true">
        {pieces}
      </svg>
    )
  }
  return (
    <svg className={className} role="img" aria-label={environmentLabel(props.environment)}>
      {pieces}
    </svg>
  )
}

/** The bar along the edge of a pass, as tall as the pass is. */
export function PassBar({ environment }: { environment: Environment | null }) {
  const tone = environmentTone(environment)
  return (
    <svg className={`pass__bar env--${tone}`} aria-hidden="true">
      {tone === 'prod' && <rect width="4" height="100%" rx="2" />}
      {tone === 'stg' && (
        <>
          <rect width="4" height="48%" rx="2" />
          <rect y="52%" width="4" height="48%" rx="2" />
        </>
      )}
      {tone === 'dev' && (
        <>
          <rect width="4" height="30%" rx="2" />
          <rect y="35%" width="4" height="30%" rx="2" />
          <rect y="70%" width="4" height="30%" rx="2" />
        </>
      )}
      {(tone === 'data' || tone === 'none') && <rect x=".5" y=".5" width="3" height="99%" rx="1.5" />}
    </svg>
  )
}

/** Starts at 12 o'clock and shrinks clockwise. The words beside it carry the value. */
export function Ring({ percent, low = false, large = false }: { percent: number; low?: boolean; large?: boolean }) {
  const size = large ? 56 : 16
  const radius = large ? 25.5 : 7
  const circle = { cx: size / 2, cy: size / 2, r: radius }
  return (
    <svg
      className={`ring${large ? ' ring--lg' : ''}${low ? ' ring--low' : ''}`}
      viewBox={`0 0 ${size} ${size}`}
      aria-hidden="true"
    >
      <circle {...circle} />
      <circle {...circle} pathLength="100" strokeDasharray={`${percent} 100`} />
    </svg>
  )
}

/** Reads in fours; the gaps are margins, so a copy gives 12 plain digits. */
export function AccountId({ id }: { id: string }) {
  const fours = accountInFours(id)
  return (
    <span className="acct">
      {fours.map((four, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same four digits may come twice, and never move
        <b key={index}>{four}</b>
      ))}
    </span>
  )
}
