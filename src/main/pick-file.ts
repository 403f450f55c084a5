/** The system's dialog for one file. */
import { dialog, type FileFilter } from 'electron'

/** @returns its path, or null when the person cancels */
export async function pickFile(title: string, filter: FileFilter): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({ title, properties: ['openFile'], filters: [filter] })
  return canceled ? null : (filePaths[0] ?? null)
}
