/** A catalogue: read, looked at, and taken in as it was looked at. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CatalogueResult } from '#shared/catalogue.ts'
import type { OpenedCatalogue } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { movingInStrings } from '../strings/moving-in.ts'

const words = movingInStrings.catalogue

export interface CatalogueFields {
  readonly place: string
  readonly path: string
  readonly from: string
  readonly with: string
}

const EMPTY: CatalogueFields = { place: '', path: '', from: '', with: '' }

/** Where a path in it is asked for. */
export const isGit = (place: string): boolean => /^git\+|^ssh:|\.git\/?$|^[\w.-]+@[\w.-]+:/.test(place.trim())
export const isS3 = (place: string): boolean => place.trim().startsWith('s3://')

export function useCatalogue() {
  const known = useQuery({ queryKey: ['catalogue.list'], queryFn: () => call('catalogue.list', undefined) })
  const refresh = useRefresh()
  const working = useBusy()
  const [fields, setFields] = useState(EMPTY)
  const [opened, setOpened] = useState<OpenedCatalogue | null>(null)
  const [overwrite, setOverwrite] = useState(false)
  const [result, setResult] = useState<CatalogueResult | null>(null)

  const look = (work: () => Promise<OpenedCatalogue>): void =>
    void working.run(async () => {
      setOpened(null)
      setOverwrite(false)
      const next = await work()
      setOpened(next)
      setFields((before) => ({ ...before, place: next.plan.place }))
    })
  return {
    known: known.data ?? [],
    working,
    fields,
    opened,
    overwrite,
    setOverwrite: (next: boolean): void =>
      void working.run(async () => {
        if (opened === null) return
        const plan = await call('catalogue.plan', { draftId: opened.draftId, overwrite: next })
        setOpened({ ...opened, plan })
        setOverwrite(next)
      }),
    result,
    set(change: Partial<CatalogueFields>): void {
      setFields((before) => ({ ...before, ...change }))
      setOpened(null)
      working.setFailure(null)
    },
    pick: (): void =>
      void working.run(async () => {
        const place = await call('catalogue.pick', undefined)
        if (place === null) return
        setFields((before) => ({ ...before, place }))
        setOpened(null)
      }),
    open(): void {
      const { place, path, from, with: reader } = fields
      const optional = {
        ...(isGit(place) && path.trim() !== '' ? { path: path.trim() } : {}),
        ...(isS3(place) && reader !== '' ? { with: reader } : {}),
        ...(from === '' ? {} : { from }),
      }
      look(() => call('catalogue.open', { source: { place: place.trim(), ...optional } }))
    },
    pull: (name: string): void => look(() => call('catalogue.pull', { name })),
    forget: (name: string): void =>
      void working.run(async () => {
        await call('catalogue.forget', { name })
        await refresh()
        showToast(words.forgotten(name))
      }),
    export: (): void =>
      void working.run(async () => {
        const written = await call('catalogue.export', {})
        if (written !== null) showToast(words.exported(written.fileName))
      }),
    run(): void {
      if (opened === null) return
      void working.run(async () => {
        setResult(await call('catalogue.apply', { draftId: opened.draftId, overwrite }))
        await refresh()
      })
    },
  }
}

export type CatalogueState = ReturnType<typeof useCatalogue>
