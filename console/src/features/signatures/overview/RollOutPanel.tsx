import { type ChangeRollOut, MINUTE_MS, type RollOut } from '@guardimesh/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../path-builder.js'
import { ActionButton } from '../../../ui/ActionButton.js'
import { Callout } from '../../../ui/Callout.js'
import { CopyableText } from '../../../ui/CopyableText.js'
import { ExactTime } from '../../../ui/ExactTime.js'
import { Facts } from '../../../ui/Facts.js'
import { formatSpan } from '../../../ui/format-time.js'
import lines from '../../../ui/lines.module.css'
import { Panel } from '../../../ui/Panel.js'
import { StateBadge } from '../../../ui/StateBadge.js'
import { useNow } from '../../../ui/use-now.js'
import type { ServerProps } from '../SignaturesFrame.js'
import classes from '../signatures.module.css'
import { useReadOnlyReason } from '../use-read-only-reason.js'
import { RollOutDialog } from './RollOutDialog.js'

/** Maximum number of nodes shown; the others are only counted. */
const NODES_SHOWN_MAX = 6

/** Rollout: remaining observation period or reason for the hold, canary nodes and actions. */
export function RollOutPanel({ rollOut, server }: { rollOut: RollOut; server: ServerProps['server'] }) {
  const { t } = useTranslation()
  const isHeld = rollOut.state === 'held'
  return (
    <Panel title={t('signatures.rollOut.title')}>
      <div className={classes.stack}>
        <div className={classes.headline}>
          <StateBadge tone={isHeld ? 'bad' : 'busy'} text={t(`signatures.rollOut.state.${rollOut.state}`)} />
          <b>{t(`signatures.rollOut.headline.${rollOut.state}`, { count: rollOut.nodes.length })}</b>
        </div>
        {isHeld ? (
          <Callout role="status" tone="bad" title={t('signatures.rollOut.heldTitle')}>
            {rollOut.reason || t('signatures.rollOut.noReason')}
          </Callout>
        ) : (
          <ObservationPeriod startedAt={rollOut.startedAt} soakMinutes={server.settings.canary.soakMinutes} />
        )}
        <Facts
          facts={[
            [
              t('signatures.rollOut.generation'),
              <CopyableText key="g" text={rollOut.generation} label={t('signatures.active.copyGeneration')} />,
            ],
            [t('signatures.rollOut.since'), <ExactTime key="s" at={rollOut.startedAt} />],
            [t('signatures.rollOut.nodes'), <CanaryNodes key="n" rollOut={rollOut} nodes={server.nodes} />],
          ]}
        />
        <Actions rollOut={rollOut} />
      </div>
    </Panel>
  )
}

function ObservationPeriod({ startedAt, soakMinutes }: { startedAt: string; soakMinutes: number }) {
  const { t } = useTranslation()
  const nowMs = useNow()
  const soakMs = soakMinutes * MINUTE_MS
  const elapsedMs = Math.min(Math.max(nowMs - Date.parse(startedAt), 0), soakMs)
  return (
    <>
      <div className={classes.bar} aria-hidden>
        <div className={classes.barDone} style={{ width: `${(elapsedMs / soakMs) * 100}%` }} />
      </div>
      <p>
        {elapsedMs < soakMs
          ? t('signatures.rollOut.remaining', { remaining: formatSpan(soakMs - elapsedMs), soak: formatSpan(soakMs) })
          : t('signatures.rollOut.due')}
      </p>
    </>
  )
}

/** Canary nodes, and whether each has loaded the generation. */
function CanaryNodes({ rollOut, nodes }: { rollOut: RollOut; nodes: ServerProps['server']['nodes'] }) {
  const { t } = useTranslation()
  const moreCount = rollOut.nodes.length - NODES_SHOWN_MAX
  const isInstalled = (name: string) => nodes.some((node) => node.name === name && node.generation === rollOut.generation)
  return (
    <ul className={`${lines.list} ${classes.others}`}>
      {rollOut.nodes.slice(0, NODES_SHOWN_MAX).map((name) => (
        <li key={name}>
          <b>{name}</b>
          <span className={classes.faint}>{t(isInstalled(name) ? 'signatures.rollOut.installed' : 'signatures.rollOut.waiting')}</span>
        </li>
      ))}
      {moreCount > 0 ? (
        <li>
          <Link to={paths.signatureNodes()}>{t('signatures.rollOut.more', { count: moreCount })}</Link>
        </li>
      ) : null}
    </ul>
  )
}

function Actions({ rollOut }: { rollOut: RollOut }) {
  const { t } = useTranslation()
  const reason = useReadOnlyReason()
  const [open, setOpen] = useState<ChangeRollOut['action'] | null>(null)
  const actions = rollOut.state === 'held' ? (['discard', 'promote'] as const) : (['promote', 'hold', 'discard'] as const)
  return (
    <div className={classes.actions}>
      {actions.map((action, index) => (
        <ActionButton
          key={action}
          size="xs"
          // Emphasis would invite users to skip the observation period; a held rollout needs a decision.
          variant={rollOut.state === 'held' && index === 0 ? 'filled' : 'default'}
          disabledReason={reason}
          onClick={() => setOpen(action)}
        >
          {t(`signatures.rollOut.action.${action}.open`)}
        </ActionButton>
      ))}
      {open === null ? null : <RollOutDialog action={open} rollOut={rollOut} onClose={() => setOpen(null)} />}
    </div>
  )
}
