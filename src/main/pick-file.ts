/** The system's dialogs for one file, on the window that asked. */
import {
  BrowserWindow,
  dialog,
  type FileFilter,
  type OpenDialogOptions,
  type OpenDialogReturnValue,
  type SaveDialogOptions,
  type SaveDialogReturnValue,
} from 'electron'

/** @returns the path of a file that is there, or null when the person cancels */
export async function pickFile(title: string, filter: FileFilter): Promise<string | null> {
  const options: OpenDialogOptions = { title, properties: ['openFile'], filters: [filter] }
  const window = BrowserWindow.getFocusedWindow()
  const answer: Promise<OpenDialogReturnValue> = window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options)
  const { canceled, filePaths } = await answer
  return canceled ? null : (filePaths[0] ?? null)
}

/**
 * Asks before a file that is there is written over.
 * @param title also said where the system's dialog shows no title
 * @returns its path, or null when the person cancels
 */
export async function pickNewFile(title: string, defaultPath: string, filter: FileFilter): Promise<string | null> {
  const options: SaveDialogOptions = {
    title,
    message: title,
    defaultPath,
    filters: [filter],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  }
  const window = BrowserWindow.getFocusedWindow()
  const answer: Promise<SaveDialogReturnValue> = window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options)
  const { canceled, filePath } = await answer
  return canceled ? null : filePath || null
}
