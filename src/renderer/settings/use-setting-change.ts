/** Changes a setting at once and says so, with a way back. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { HallpassError } from '#shared/errors.ts'
import type { AppInfo } from '#shared/ipc.ts'
import type { Settings } from '#shared/settings.ts'
import { call, toHallpassError } from '../bridge.ts'
import { showToast } from '../components/toast.tsx'
import { strings } from '../strings.ts'

export function useSettingChange(): {
  failure: HallpassError | null
  /** @param said what is now, in words; nothing is said when it is left out */
  change: <K extends keyof Settings>(key: K, from: Settings[K], to: Settings[K], said?: string) => void
} {
  const client = useQueryClient()
  const [failure, setFailure] = useState<HallpassError | null>(null)

  const put = async (change: Partial<Settings>): Promise<void> => {
    const settings = await call('settings.change', change)
    client.setQueryData<Settings>(['settings.get'], settings)
    client.setQueryData<AppInfo>(['app.info'], (info) => info && { ...info, settings })
  }

  // Not one at a time: main takes them in the order they come, and none may be lost.
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
      setFailure(null)
    } catch (error) {
      setFailure(toHallpassError(error))
    }
  }

  return {
    failure,
    change: (key, from, to, said) =>
      void attempt(async () => {
        await put({ [key]: to })
        const undo = { label: strings.undo, run: () => void attempt(() => put({ [key]: from })) }
        if (said !== undefined) showToast(said, undo)
      }),
  }
}
