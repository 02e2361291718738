import { CloseButton, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '../../../table/FailureNotice.js'
import { formatBytes } from '../../../ui/format-number.js'
import { Mono } from '../../../ui/Mono.js'
import { SecondLine } from '../../../ui/SecondLine.js'
import { StateBadge } from '../../../ui/StateBadge.js'
import classes from './import.module.css'
import { type ChosenFile, type ImportDraft, isYaraFile, removeFile, setFileKind } from './import-store.js'
import type { UploadKind } from './uploads.js'

/** Selected files with their progress and a remove button. */
export function ChosenFiles({ state: { files, phase } }: { state: ImportDraft }) {
  const { t } = useTranslation()
  const isStarted = phase === 'started'
  return (
    <>
      <ul className={classes.files} aria-label={t('signatures.upload.files')}>
        {files.map((entry) => (
          <FileLine key={entry.file.name} entry={entry} isFixed={isStarted || phase === 'starting'} />
        ))}
      </ul>
      <p role="status" className={classes.total}>
        {t('signatures.upload.total', {
          count: files.length,
          done: files.filter((entry) => entry.state === 'uploaded').length,
          size: formatBytes(files.reduce((sum, { file }) => sum + file.size, 0)),
        })}
      </p>
    </>
  )
}

const TONES = { ready: 'quiet', reading: 'busy', uploading: 'busy', uploaded: 'good', failed: 'bad' } as const

function FileLine({ entry, isFixed }: { entry: ChosenFile; isFixed: boolean }) {
  const { t } = useTranslation()
  const { file, state } = entry
  const isMoving = state === 'reading' || state === 'uploading'
  return (
    <li className={classes.file}>
      <div className={classes.name}>
        <Mono text={file.name} />
        <SecondLine>
          <Progress entry={entry} />
        </SecondLine>
        {isYaraFile(file.name) ? <KindField entry={entry} isFixed={isFixed} /> : null}
      </div>
      <StateBadge tone={TONES[state]} text={t(`signatures.upload.state.${state}`)} />
      <CloseButton
        size="sm"
        disabled={isFixed}
        title={isFixed ? t('signatures.upload.busy') : undefined}
        aria-label={t(isMoving ? 'signatures.upload.cancel' : 'signatures.upload.remove', { file: file.name })}
        onClick={() => void removeFile(file.name)}
      />
      {isMoving ? (
        <div
          className={classes.meter}
          role="progressbar"
          aria-label={t('signatures.upload.progress', { file: file.name })}
          aria-valuenow={percentOf(entry)}
        >
          <div className={classes.sent} style={{ width: `${percentOf(entry)}%` }} />
        </div>
      ) : null}
      {entry.error ? <FileError error={entry.error} /> : null}
    </li>
  )
}

const percentOf = ({ doneBytes, file }: ChosenFile) => (file.size === 0 ? 100 : Math.floor((doneBytes / file.size) * 100))

/** Uploaded amount, and the offset of a resumed upload. */
function Progress({ entry }: { entry: ChosenFile }) {
  const { t } = useTranslation()
  const size = formatBytes(entry.file.size)
  if (entry.state === 'reading') return t('signatures.upload.hashing', { size, percent: percentOf(entry) })
  if (entry.state !== 'uploading') return size
  const sent = t('signatures.upload.sent', { sent: formatBytes(entry.doneBytes), size, percent: percentOf(entry) })
  if (entry.resumedBytes === 0) return sent
  return `${sent} · ${t('signatures.upload.resumed', { from: formatBytes(entry.resumedBytes) })}`
}

/** Selects the engine of a YARA file: ClamAV or the obfuscation scanner. */
function KindField({ entry: { file, kind, state }, isFixed }: { entry: ChosenFile; isFixed: boolean }) {
  const { t } = useTranslation()
  return (
    <NativeSelect
      size="xs"
      mt={4}
      maw={260}
      aria-label={t('signatures.upload.kind', { file: file.name })}
      disabled={isFixed || state !== 'ready'}
      value={kind}
      onChange={(event) => setFileKind(file.name, event.currentTarget.value as UploadKind)}
      data={[
        { value: 'yara', label: t('signatures.upload.forObfuscation') },
        { value: 'clamav', label: t('signatures.upload.forClamav') },
      ]}
    />
  )
}

function FileError({ error }: { error: Error }) {
  const { title, detail } = useFailureText(error)
  return (
    <p role="alert" className={classes.error}>
      {title}: {detail}
    </p>
  )
}
