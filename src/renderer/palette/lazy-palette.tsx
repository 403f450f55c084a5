/** The palette and its index, loaded when nothing else is to be done, so that the first paint is without them. */
import { useEffect, useRef } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import { later } from '../later.tsx'
import type { PaletteProps } from './palette.tsx'
import { PaletteWaiting } from './palette-frame.tsx'

const load = () => import('./palette-parts.ts')
const Palette = later<PaletteProps>(async () => (await load()).Palette, PaletteWaiting)

export function LazyPalette(props: Omit<PaletteProps, 'typed'>) {
  const typed = useRef('')
  return <Palette {...props} typed={typed} />
}

/** Keeps the index in step with the roles, so that opening the palette waits for nothing. */
export function useRoleIndexing(roles: readonly RoleRow[]): void {
  useEffect(() => {
    const waiting = requestIdleCallback(() => void load().then(({ feedRoles }) => feedRoles(roles)))
    return () => cancelIdleCallback(waiting)
  }, [roles])
  // Without the frame, as while the app is locked, nothing keeps the names.
  useEffect(() => () => void load().then(({ feedRoles }) => feedRoles([])), [])
}
