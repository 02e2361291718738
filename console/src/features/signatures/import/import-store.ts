import { useSyncExternalStore } from 'react'
import { startImport } from '../../../api/queries/signatures.js'
import { forgetUploads, hashFile, type UploadKind, uploadFile } from './uploads.js'

/** The bound of StartImport. */
const FILES_MAX = 200

export interface ChosenFile {
  file: File
  kind: UploadKind
  state: 'ready' | 'reading' | 'uploading' | 'uploaded' | 'failed'
  /** Bytes that are read, or that the server has. */
  doneBytes: number
  /** Where an earlier upload went on; 0 when it began anew. */
  resumedBytes: number
  error: Error | null
}

export interface ImportDraft {
  phase: 'choosing' | 'uploading' | 'starting' | 'started'
  files: readonly ChosenFile[]
  allowOlder: boolean
  /** Import that was started; undefined before. */
  importId: string | undefined
  error: Error | null
}

const EMPTY: ImportDraft = { phase: 'choosing', files: [], allowOlder: false, importId: undefined, error: null }

/** Outlives the page: an upload goes on while a person looks at other screens. */
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

/** ClamAV reads YARA rules as well; rules without word are meant for the obfuscation scanner. */
export const isRules = (name: string) => /\.yara?$/i.test(name)

/** Adds files; one of the same name takes the place of the earlier, which nobody has begun to send. */
export function chooseFiles(chosen: readonly File[]): void {
  if (state.phase === 'started') reset()
  const names = new Set(chosen.map(({ name }) => name))
  const added = chosen.map(
    (file): ChosenFile => ({
      file,
      kind: isRules(file.name) ? 'yara' : 'clamav',
      state: 'ready',
      doneBytes: 0,
      resumedBytes: 0,
      error: null,
    }),
  )
  set({ files: [...state.files.filter(({ file }) => !names.has(file.name)), ...added].slice(0, FILES_MAX), error: null })
}

export const chooseKind = (name: string, kind: UploadKind): void => setFile(name, { kind })
export const allowOlder = (isAllowed: boolean): void => set({ allowOlder: isAllowed })

/** Takes a file away; when it is being sent, that ends, and what was sent is forgotten. */
export async function removeFile(name: string): Promise<void> {
  const cancel = cancels.get(name)
  if (cancel) return cancel.abort()
  const entry = state.files.find(({ file }) => file.name === name)
  // What was cut off on another day stays, so that it can go on.
  if (entry?.state !== 'ready') await forgetUploads([name])
  drop(name)
}

function drop(name: string): void {
  uploadIds.delete(name)
  set({ files: state.files.filter(({ file }) => file.name !== name) })
}

/** Begins anew. */
export function reset(): void {
  uploadIds.clear()
  set(EMPTY)
}

/**
 * Sends all files and has them imported together, all or none. A file that fails stays with its error; calling again sends only what is missing.
 *
 * @param onStarted is called when the signature server has taken the import on.
 */
export async function submitImport(onStarted: () => void): Promise<void> {
  set({ phase: 'uploading', error: null })
  // One after the other: the files share one line, and the first of them is of use the sooner.
  for (const { file } of state.files) await sendOne(file.name)
  if (state.files.length === 0 || state.files.some((entry) => entry.state !== 'uploaded')) return set({ phase: 'choosing' })
  set({ phase: 'starting' })
  try {
    const names = state.files.map(({ file }) => file.name)
    const ids = names.flatMap((name) => uploadIds.get(name) ?? [])
    const { importId } = await startImport({ uploadIds: ids, allowOlder: state.allowOlder })
    set({ phase: 'started', importId })
    onStarted()
    await forgetUploads(names)
  } catch (error) {
    set({ phase: 'choosing', error: error instanceof Error ? error : new Error(String(error)) })
  }
}

async function sendOne(name: string): Promise<void> {
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
    await forgetUploads([name])
    drop(name)
  } finally {
    cancels.delete(name)
  }
}
