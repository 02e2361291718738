import { EXCEPTION_PREVIEW_DAYS, type ExceptionCriteria, type ExceptionPreview, type ExceptionSample } from '@guardimesh/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { exceptionPreview } from '../../api/queries/exceptions.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { formatCount } from '../../ui/format-number.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import classes from './exceptions.module.css'

/** What an exception with these criteria would have hidden. @param criteria undefined while they are incomplete. */
export function PreviewPanel({ criteria }: { criteria: ExceptionCriteria | undefined }) {
  const { t } = useTranslation()
  return (
    <section className={classes.preview} aria-label={t('exceptions.preview.title')}>
      {criteria === undefined ? <p>{t('exceptions.preview.incomplete')}</p> : <Preview criteria={criteria} />}
    </section>
  )
}

function Preview({ criteria }: { criteria: ExceptionCriteria }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(exceptionPreview(criteria))
  return (
    <>
      <FormProblem error={error} />
      <div role="status">{data ? <Counts preview={data} /> : error ? null : <p>{t('exceptions.preview.counting')}</p>}</div>
      {data && data.samples.length > 0 ? <Samples samples={data.samples} /> : null}
    </>
  )
}

function Counts({ preview: { findings, incidents, hiddenIncidents, isMinimum } }: { preview: ExceptionPreview }) {
  const { t } = useTranslation()
  const days = EXCEPTION_PREVIEW_DAYS
  if (findings === null || incidents === null || hiddenIncidents === null) return <p>{t('exceptions.preview.unknown')}</p>
  if (findings === 0) return <p>{t('exceptions.preview.none', { days })}</p>
  const count = `${formatCount(findings)}${isMinimum ? '+' : ''}`
  return (
    <p>
      {t('exceptions.preview.hides', { days })} <b>{t('incidents.findings', { count: findings, shown: count })}</b>{' '}
      {t('exceptions.preview.in', { count: incidents, shown: formatCount(incidents), hidden: formatCount(hiddenIncidents) })}
    </p>
  )
}

function Samples({ samples }: { samples: readonly ExceptionSample[] }) {
  const { t } = useTranslation()
  return (
    // Focusable, because it scrolls.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls must be operable with the keyboard
    <ul className={classes.samples} tabIndex={0} aria-label={t('exceptions.preview.samples')}>
      {samples.map(({ findingId, signatureName, path, clusterId, namespace, podName, containerName, receivedAt }) => (
        <li key={findingId}>
          {signatureName}
          <SecondLine>
            {path} · {namespace === '' ? containerName : `${namespace}/${podName}`} · {clusterId} · <RelativeTime at={receivedAt} />
          </SecondLine>
        </li>
      ))}
    </ul>
  )
}
