/** The icon set: 16 px, round strokes, in the colour of the text around it. Always beside a word or a label. */
import type { ReactNode } from 'react'

const SHAPES = {
  activity: (
    <>
      <path d="M2.6 4h.01M5.6 4h7.8M2.6 8h.01M5.6 8h7.8M2.6 12h.01M5.6 12h4.8" />
    </>
  ),
  alert: (
    <>
      <path d="M7 3.1 2.1 11.7a1.2 1.2 0 0 0 1 1.8h9.8a1.2 1.2 0 0 0 1-1.8L9 3.1a1.2 1.2 0 0 0-2 0z" />
      <path d="M8 6.4v3M8 11.4h.01" />
    </>
  ),
  arrow: (
    <>
      <path d="M2.8 8h10.2M9.4 4.4 13 8l-3.6 3.6" />
    </>
  ),
  batt: (
    <>
      <rect x="1.8" y="5" width="11" height="6" rx="1.5" />
      <path d="M14.6 7.200v1.600M3.8 7v2M5.8 7v2M7.8 7v2" />
    </>
  ),
  bin: (
    <>
      <path d="M3 4.4h10M6.2 4.4V2.8h3.6v1.6M4.4 4.4l.6 9h6l.6-9" />
    </>
  ),
  check: (
    <>
      <path d="m3.4 8.4 3 3 6.2-6.8" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 4.8V8l2.2 1.4" />
    </>
  ),
  copy: (
    <>
      <rect x="5.6" y="5.6" width="8" height="8" rx="1.7" />
      <path d="M10.4 3.6A1.7 1.7 0 0 0 8.9 2.4H4.1a1.7 1.7 0 0 0-1.7 1.7v4.8a1.7 1.7 0 0 0 1.2 1.5" />
    </>
  ),
  csv: (
    <>
      <path d="M9.2 2.400H4.800a1.6 1.6 0 0 0-1.6 1.600v8a1.6 1.6 0 0 0 1.6 1.600h6.400a1.6 1.6 0 0 0 1.6-1.600V6z" />
      <path d="M9.2 2.400V6h3.600M5.6 8.600h4.800M5.6 11h4.8" />
    </>
  ),
  down: (
    <>
      <path d="M4.4 6.2 8 9.8l3.6-3.6" />
    </>
  ),
  edit: (
    <>
      <path d="M10.6 3.2 12.8 5.4 5.6 12.6 2.8 13.2 3.4 10.4z" />
      <path d="m9.2 4.6 2.2 2.2" />
    </>
  ),
  enter: (
    <>
      <path d="M12.6 3.600v3.800a1.6 1.6 0 0 1-1.6 1.600H3.6" />
      <path d="M6.4 6.200 3.600 9l2.800 2.800" />
    </>
  ),
  eye: (
    <>
      <path d="M1.8 8S4 3.9 8 3.9 14.2 8 14.2 8 12 12.1 8 12.1 1.8 8 1.8 8z" />
      <circle cx="8" cy="8" r="1.8" />
    </>
  ),
  file: (
    <>
      <path d="M9.2 2.4H4.8a1.6 1.6 0 0 0-1.6 1.6v8a1.6 1.6 0 0 0 1.6 1.6h6.4a1.6 1.6 0 0 0 1.6-1.6V6z" />
      <path d="M9.2 2.4V6h3.6" />
    </>
  ),
  filter: (
    <>
      <path d="M2.6 4.2h10.8M4.6 8h6.8M6.6 11.8h2.8" />
    </>
  ),
  flask: (
    <>
      <path d="M6 2.4h4M6.7 2.4v4.2l-3.5 5.5a1 1 0 0 0 .9 1.5h7.8a1 1 0 0 0 .9-1.5L9.3 6.6V2.4M5 10.2h6" />
    </>
  ),
  glass: (
    <>
      <rect x="2.4" y="2.4" width="11.2" height="11.2" rx="2" />
      <path d="M9.6 2.6 7.2 6.4l2.8 1.5-3 5.5M7.2 6.4 2.6 7.6M10 7.9l3.4-1.5" />
    </>
  ),
  globe: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M2.2 8h11.600M8 2.200c1.7 1.7 2.5 3.6 2.5 5.800S9.7 12.1 8 13.800C6.3 12.1 5.5 10.2 5.5 8S6.3 3.9 8 2.200z" />
    </>
  ),
  import: (
    <>
      <path d="M8 2.400v7.200M5.2 6.9 8 9.700l2.8-2.8" />
      <path d="M2.6 10.400v1.500a1.6 1.6 0 0 0 1.6 1.600h7.600a1.6 1.6 0 0 0 1.6-1.600v-1.5" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 7.4v3.4M8 5.2h.01" />
    </>
  ),
  key: (
    <>
      <circle cx="5.2" cy="10.8" r="2.7" />
      <path d="M7.2 8.8 13.2 2.8M10.6 5.4l2 2M12.2 3.8l1.2 1.2" />
    </>
  ),
  link: (
    <>
      <path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.8.8" />
      <path d="M9.2 6.8a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.8-.8" />
    </>
  ),
  lock: (
    <>
      <rect x="3.4" y="7" width="9.2" height="6.6" rx="1.6" />
      <path d="M5.4 7V5a2.6 2.6 0 0 1 5.2 0v2" />
    </>
  ),
  more: (
    <>
      <path d="M3.4 8h.01M8 8h.01M12.6 8h.01" strokeWidth="2" />
    </>
  ),
  open: (
    <>
      <path d="M9.4 2.6h4v4M13.2 2.8 7.6 8.4" />
      <path d="M11.6 9.4v2.5a1.6 1.6 0 0 1-1.6 1.6H4.1a1.6 1.6 0 0 1-1.6-1.6V6a1.6 1.6 0 0 1 1.6-1.6h2.5" />
    </>
  ),
  org: (
    <>
      <circle cx="8" cy="3.9" r="1.7" />
      <circle cx="3.9" cy="12" r="1.7" />
      <circle cx="12.1" cy="12" r="1.7" />
      <path d="M8 5.600v2.200M3.9 10.300v-1a1.5 1.5 0 0 1 1.5-1.500h5.200a1.5 1.5 0 0 1 1.5 1.500v1" />
    </>
  ),
  phone: (
    <>
      <rect x="4.5" y="1.9" width="7" height="12.2" rx="1.7" />
      <path d="M7.2 11.7h1.6" />
    </>
  ),
  pin: (
    <>
      <path d="M5.8 2.4h4.4M6.5 2.4v4L4.3 9h7.4L9.5 6.4v-4M8 9v4.6" />
    </>
  ),
  play: (
    <>
      <path d="M5.4 3.6v8.8L12.2 8z" />
    </>
  ),
  plus: (
    <>
      <path d="M8 3.4v9.2M3.4 8h9.2" />
    </>
  ),
  renew: (
    <>
      <path d="M13.2 2.8v3.4H9.8" />
      <path d="M13 6.2A5.4 5.4 0 1 0 13.4 9" />
    </>
  ),
  right: (
    <>
      <path d="M6.2 4.4 9.8 8l-3.6 3.6" />
    </>
  ),
  roles: (
    <>
      <rect x="3" y="2.2" width="10" height="11.6" rx="2" />
      <path d="M6.6 4.6h2.8" />
      <circle cx="8" cy="8" r="1.5" />
      <path d="M5.4 11.6c.4-1.2 1.4-1.8 2.6-1.8s2.2.6 2.6 1.8" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="m10.2 10.2 3.4 3.4" />
    </>
  ),
  sessions: (
    <>
      <path d="M8 2.2a5.8 5.8 0 1 1-5 2.9" />
      <path d="M8 4.8V8l2.2 1.4" />
    </>
  ),
  settings: (
    <>
      <path d="M2.4 5.2h6.2M12.2 5.2h1.4M2.4 10.8h1.4M7.4 10.8h6.2" />
      <circle cx="10.4" cy="5.2" r="1.7" />
      <circle cx="5.6" cy="10.8" r="1.7" />
    </>
  ),
  shield: (
    <>
      <path d="M8 2.2 13 4v4c0 3-2.1 4.9-5 5.8C5.1 12.9 3 11 3 8V4z" />
      <path d="m5.8 8 1.6 1.6 2.9-3.1" />
    </>
  ),
  sound: (
    <>
      <path d="M2.6 6.400v3.200h2.200L8 12.400V3.600L4.8 6.400zM10.4 6a3 3 0 0 1 0 4M12.2 4.200a5.6 5.6 0 0 1 0 7.6" />
    </>
  ),
  stop: (
    <>
      <rect x="4.2" y="4.2" width="7.6" height="7.6" rx="1.4" />
    </>
  ),
  term: (
    <>
      <rect x="2" y="2.8" width="12" height="10.4" rx="2" />
      <path d="M4.8 6.1 6.8 8l-2 1.9M8.6 10.2h2.6" />
    </>
  ),
  theme: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 2.2v11.6A5.8 5.8 0 0 0 8 2.2z" fill="currentColor" />
    </>
  ),
  unlock: (
    <>
      <rect x="3.4" y="7" width="9.2" height="6.6" rx="1.6" />
      <path d="M5.4 7V5a2.6 2.6 0 0 1 5-1" />
    </>
  ),
  user: (
    <>
      <circle cx="8" cy="5.4" r="2.6" />
      <path d="M3 13.4c.5-2.5 2.5-3.9 5-3.9s4.5 1.4 5 3.9" />
    </>
  ),
  wifi: (
    <>
      <path d="M2.2 6.200a8.6 8.6 0 0 1 11.6 0M4.3 8.700a5.5 5.5 0 0 1 7.4 0M6.3 11a2.5 2.5 0 0 1 3.4 0" />
    </>
  ),
  x: (
    <>
      <path d="m4.4 4.4 7.2 7.2M11.6 4.4l-7.2 7.2" />
    </>
  ),
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof SHAPES

/** Decoration only: screen readers skip it, so the words beside it must say the same. */
export function Icon({ name, size = 16, className }: { name: IconName; size?: 16 | 14 | 12; className?: string }) {
  const sized = size === 16 ? 'i' : `i i--${size}`
  return (
    <svg className={className === undefined ? sized : `${sized} ${className}`} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  )
}

/** The mark of the product: a pass with a keyhole. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path
        fillRule="evenodd"
        d="M4 3.2h12A1.8 1.8 0 0 1 17.8 5v2.7a2.3 2.3 0 0 0 0 4.6V15a1.8 1.8 0 0 1-1.8 1.8H4A1.8 1.8 0 0 1 2.2 15v-2.7a2.3 2.3 0 0 0 0-4.6V5A1.8 1.8 0 0 1 4 3.2zM10 6.2a2 2 0 0 0-1 3.73V13a.8.8 0 0 0 .8.8h.4a.8.8 0 0 0 .8-.8V9.93A2 2 0 0 0 10 6.2z"
      />
    </svg>
  )
}
