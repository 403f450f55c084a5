/** The palette and its index, loaded when nothing else is to be done, so that the first paint is without them. */
import { lazy, Suspense, useEffect } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import type { PaletteProps } from './palette.tsx'

const load = () => import('./palette-parts.ts')
const Palette = lazy(async () => ({ default: (await load()).Palette }))

export function LazyPalette(props: PaletteProps) {
  return (
    <Suspense fallback={null}>
      <Palette {...props} />
    </Suspense>
  )
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
