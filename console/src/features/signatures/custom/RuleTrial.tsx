import type { RuleTrialView } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { endRuleTrial, ruleTrialQuery } from '../../../api/queries/rule-trials.js'
import { FormProblem } from '../../../forms/FormProblem.js'
import { DataTable } from '../../../table/DataTable.js'
import { QueryState } from '../../../table/QueryState.js'
import { Callout } from '../../../ui/Callout.js'
import { formatBytes, formatCount } from '../../../ui/format-number.js'
import { Mono } from '../../../ui/Mono.js'
import { StateBadge } from '../../../ui/StateBadge.js'
import classes from './custom.module.css'
import { compareHits, trialColumns } from './trial-columns.js'

const TONES = { running: 'busy', done: 'good', ended: 'quiet', superseded: 'quiet', expired: 'warn' } as const

/** Progress and results of a rule trial. @param isOutdated the rules were edited since the trial started. */
export function RuleTrial({ trialId, isOutdated }: { trialId: string; isOutdated: boolean }) {
  const { t } = useTranslation()
  const query = useQuery(ruleTrialQuery(trialId))
  return (
    <QueryState query={query}>
      {(trial) => (
        <>
          <Progress trial={trial} />
          {isOutdated ? <p className={classes.editorFoot}>{t('signatures.trial.outdated')}</p> : null}
          <Golden golden={trial.golden} />
          <Hits trial={trial} />
          <NotScannedCount trial={trial} />
          <OpenNodes trial={trial} />
        </>
      )}
    </QueryState>
  )
}

function Progress({ trial }: { trial: RuleTrialView }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: endRuleTrial,
    onSuccess: (view) => client.setQueryData(ruleTrialQuery(view.trialId).queryKey, view),
  })
  const { state, nodes } = trial
  return (
    <>
      <div role="status" className={classes.trialHead}>
        <StateBadge tone={TONES[state]} text={t(`signatures.trial.state.${state}`)} />
        <span>
          {nodes.expected === 0
            ? t('signatures.trial.noNodes')
            : t('signatures.trial.progress', {
                count: nodes.expected,
                answered: formatCount(nodes.answered + nodes.failed),
                expected: formatCount(nodes.expected),
                files: formatCount(trial.filesScanned),
                size: formatBytes(trial.bytesScanned),
              })}
        </span>
        {state === 'running' ? (
          <Button size="compact-xs" variant="default" loading={end.isPending} onClick={() => end.mutate(trial.trialId)}>
            {t('signatures.trial.end')}
          </Button>
        ) : null}
      </div>
      <FormProblem error={end.error} />
    </>
  )
}

function Golden({ golden }: Pick<RuleTrialView, 'golden'>) {
  const { t } = useTranslation()
  const { files, hits, hitCount, problem } = golden
  return (
    <>
      {problem === '' ? null : (
        <Callout role="status" tone="warn">
          {problem}
        </Callout>
      )}
      {hitCount === 0 ? (
        <p className={classes.editorFoot}>
          {files === 0 ? t('signatures.trial.noGolden') : t('signatures.trial.goldenClean', { count: files, shown: formatCount(files) })}
        </p>
      ) : (
        <Callout role="status" tone="bad" title={t('signatures.trial.golden', { count: hitCount, shown: formatCount(hitCount) })}>
          <p>{t('signatures.trial.goldenText')}</p>
          <ul className={classes.trialList}>
            {hits.map(({ file, rule }) => (
              <li key={file}>
                <Mono text={file} /> · {rule}
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </>
  )
}

function Hits({ trial: { hits, hitCount, state } }: { trial: RuleTrialView }) {
  const { t } = useTranslation()
  if (hitCount === 0) {
    if (state === 'running') return null
    return (
      <Callout role="status" tone="calm" title={t('signatures.trial.none')}>
        <p>{t(state === 'done' ? 'signatures.trial.noneText' : 'signatures.trial.noneYetText')}</p>
      </Callout>
    )
  }
  return (
    <>
      <Callout role="status" tone="warn" title={t('signatures.trial.some', { count: hitCount, shown: formatCount(hitCount) })}>
        <p>{t('signatures.trial.someText')}</p>
        {hits.length < hitCount ? <p>{t('signatures.trial.listed', { shown: formatCount(hits.length) })}</p> : null}
      </Callout>
      <DataTable label={t('signatures.trial.table')} rows={hits.toSorted(compareHits)} rowKey={rowKey} columns={trialColumns} />
    </>
  )
}

function rowKey({ clusterId, nodeName, containerId, path, rule }: RuleTrialView['hits'][number]): string {
  return [clusterId, nodeName, containerId, path, rule].join('\0')
}

function NotScannedCount({ trial: { notScanned } }: { trial: RuleTrialView }) {
  const { t } = useTranslation()
  // A reason without a number of files applies to whole containers.
  const reasons = notScanned.map(({ reason, files }) => {
    const name = reason === 'no_program' ? t('signatures.trial.noProgram') : t(`reason.${reason}.name`)
    return files === 0 ? name : `${name} ${formatCount(files)}`
  })
  if (reasons.length === 0) return null
  return (
    <p className={classes.editorFoot}>
      {t('signatures.trial.notScanned')} {reasons.join(', ')}
    </p>
  )
}

function OpenNodes({ trial: { openNodes, nodes, state } }: { trial: RuleTrialView }) {
  const { t } = useTranslation()
  if (openNodes.length === 0) return null
  const waiting = openNodes.filter((node) => node.problem === '')
  return (
    <>
      {openNodes
        .filter(({ problem }) => problem !== '')
        .map(({ clusterId, nodeName, state: nodeState, problem }) => (
          <Callout
            key={`${clusterId}/${nodeName}`}
            role="status"
            tone="warn"
            title={t(`signatures.trial.node.${nodeState}`, { name: nodeName })}
          >
            {problem}
          </Callout>
        ))}
      {waiting.length === 0 ? null : (
        <p className={classes.editorFoot}>
          {t(state === 'running' ? 'signatures.trial.waitingFor' : 'signatures.trial.neverAnswered', {
            count: nodes.expected - nodes.answered - nodes.failed,
          })}{' '}
          {waiting.map(({ nodeName }) => nodeName).join(', ')}
        </p>
      )}
    </>
  )
}
