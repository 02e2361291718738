import { useTranslation } from 'react-i18next'
import { Command } from '../../ui/Command.js'
import { Panel } from '../../ui/Panel.js'
import type { KubectlStep } from './kubectl.js'
import classes from './objects.module.css'

/** Commands for the object, to copy. The console itself has no access to the cluster. */
export function WhatToDo({ steps }: { steps: readonly KubectlStep[] }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('objects.whatToDo')}>
      <ol className={classes.steps}>
        {steps.map(({ name, command }) => (
          <li key={name}>
            {t(`objects.step.${name}`)}
            <Command text={command} label={t('objects.copy', { step: t(`objects.step.${name}`) })} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}
