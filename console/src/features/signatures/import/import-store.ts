import { useSyncExternalStore } from 'react'
import { startImport } from '../../../api/queries/signatures.js'
import { discardUploads, hashFile, type UploadKind, uploadFile } from './uploads.js'

/** Maximum in StartImport. */
const FILES_MAX = 200

export interface ChosenFile {
  file: File
  kind: UploadKind
  state: 'ready' | 'reading' | 'uploading' | 'uploaded' | 'failed'
  /** Bytes that are hashed or uploaded, depending on the state. */
  doneBytes: number
  /** Offset at which an earlier upload was resumed; 0 for a new one. */
  resumedBytes: number
  error: Error | null
}

export interface ImportDraft {
  phase: 'choosing' | 'uploading' | 'starting' | 'started'
  files: readonly ChosenFile[]
  allowOlder: boolean
  /** Undefined before the import is started. */
  importId: string | undefined
  error: Error | null
}

const EMPTY: ImportDraft = { phase: 'choosing', files: [], allowOlder: false, importId: undefined, error: null }

/** Module state, so that an upload continues while the user visits other pages. */
let state = EMPTY
const listeners = new Set<() => void>()
const cancels = new Map<string, AbortController>()
const uploadIds = new Map<string, string>()

function set(changes: Partial<ImportDraft>): void {
  state = { ...state, ...changes }
  for (const listener of listeners) listener()
}

function setFile(name: string, changes: Partial<ChosenFile>): void {
  set({ files: state.files.map((entry) => (entry.file.name === name ? { ...entry, ...changes } : entry)) })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useImportStore = (): ImportDraft => useSyncExternalStore(subscribe, () => state)

/** YARA rules can be for ClamAV or, by default, for the obfuscation scanner. */
export const isYaraFile = (name: string) => /\.yara?$/i.test(name)

/** Adds files. A file replaces an earlier one with the same name. */
export function addFiles(files: readonly File[]): void {
  if (state.phase === 'started') resetImport()
  const names = new Set(files.map(({ name }) => name))
  const added = files.map(
    (file): ChosenFile => ({
      file,
      kind: isYaraFile(file.name) ? 'yara' : 'clamav',
      state: 'ready',
      doneBytes: 0,
      resumedBytes: 0,
      error: null,
    }),
  )
  set({ files: [...state.files.filter(({ file }) => !names.has(file.name)), ...added].slice(0, FILES_MAX), error: null })
}

export const setFileKind = (name: string, kind: UploadKind): void => setFile(name, { kind })
export const setAllowOlder = (isAllowed: boolean): void => set({ allowOlder: isAllowed })

/** Removes a file. An upload in progress is cancelled and deleted from the server. */
export async function removeFile(name: string): Promise<void> {
  const cancel = cancels.get(name)
  if (cancel) return cancel.abort()
  const entry = state.files.find(({ file }) => file.name === name)
  // An upload interrupted earlier is kept, so that it can be resumed.
  if (entry?.state !== 'ready') await discardUploads([name])
  drop(name)
}

function drop(name: string): void {
  uploadIds.delete(name)
  set({ files: state.files.filter(({ file }) => file.name !== name) })
}

/** Clears the list. */
export function resetImport(): void {
  uploadIds.clear()
  set(EMPTY)
}

/**
 * Uploads all files and imports them together. A failed file keeps its error; another call uploads only the missing files.
 *
 * @param onStarted is called when the signature server has accepted the import.
 */
export async function submitImport(onStarted: () => void): Promise<void> {
  set({ phase: 'uploading', error: null })
  // Sequential, because the files share the bandwidth anyway.
  for (const { file } of state.files) await uploadOne(file.name)
  if (state.files.length === 0 || state.files.some((entry) => entry.state !== 'uploaded')) return set({ phase: 'choosing' })
  set({ phase: 'starting' })
  try {
    const names = state.files.map(({ file }) => file.name)
    const ids = names.flatMap((name) => uploadIds.get(name) ?? [])
    const { importId } = await startImport({ uploadIds: ids, allowOlder: state.allowOlder })
    set({ phase: 'started', importId })
    onStarted()
    await discardUploads(names)
  } catch (error) {
    set({ phase: 'choosing', error: error instanceof Error ? error : new Error(String(error)) })
  }
}

async function uploadOne(name: string): Promise<void> {
  const entry = state.files.find(({ file }) => file.name === name)
  if (!entry || entry.state === 'uploaded') return
  const cancel = new AbortController()
  cancels.set(name, cancel)
  const { signal } = cancel
  setFile(name, { state: 'reading', error: null, doneBytes: 0, resumedBytes: 0 })
  let isFirst = true
  try {
    const sha256 = await hashFile(entry.file, (doneBytes) => setFile(name, { doneBytes }), signal)
    setFile(name, { state: 'uploading', doneBytes: 0 })
    const onProgress = (doneBytes: number) => {
      setFile(name, isFirst ? { doneBytes, resumedBytes: doneBytes } : { doneBytes })
      isFirst = false
    }
    const uploadId = await uploadFile(entry.file, { kind: entry.kind, sha256, onProgress, signal })
    uploadIds.set(name, uploadId)
    setFile(name, { state: 'uploaded', doneBytes: entry.file.size })
  } catch (error) {
    if (!signal.aborted) return setFile(name, { state: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
    await discardUploads([name])
    drop(name)
  } finally {
    cancels.delete(name)
  }
}
