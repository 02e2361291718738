import type { FindingView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Command } from '../../ui/Command.js'
import { ExactTime } from '../../ui/ExactTime.js'
import { Facts } from '../../ui/Facts.js'
import { Mono } from '../../ui/Mono.js'
import { Panel } from '../../ui/Panel.js'

/** The process that executes or wrote the file; null if unknown. */
export function ProcessPanel({ process }: { process: FindingView['process'] }) {
  const { t } = useTranslation()
  if (process === null) return <Panel title={t('finding.process.title')}>{t('finding.process.none')}</Panel>
  const { pid, exe, commandLine, uid, parentPid, parentName, startedAt } = process
  return (
    <Panel title={t('finding.process.title')}>
      <Facts
        facts={[
          [t('finding.process.pid'), String(pid)],
          [t('finding.process.exe'), exe === '' ? t('value.unknown') : <Mono key="exe" text={exe} />],
          [t('finding.process.commandLine'), <CommandLine key="commandLine" text={commandLine} />],
          [t('finding.process.uid'), String(uid)],
          [
            t('finding.process.parent'),
            parentPid === null ? parentName : t('finding.process.parentValue', { name: parentName, pid: parentPid }),
          ],
          [t('finding.process.started'), <ExactTime key="started" at={startedAt} />],
        ]}
      />
    </Panel>
  )
}

function CommandLine({ text }: { text: string }) {
  const { t } = useTranslation()
  if (text === '') return t('value.unknown')
  return <Command text={text} label={t('finding.process.copyCommandLine')} />
}
