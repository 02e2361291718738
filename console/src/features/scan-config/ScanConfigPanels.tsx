import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../../forms/forms.module.css'
import { Panel } from '../../ui/Panel.js'
import { CONFIG_COLUMNS, type ConfigPanel, SCOPE_PANEL } from './config-panels.js'

/** Arranges the panels of the scan settings. @param children renders the content of a panel. */
export function ScanConfigPanels({ children }: { children: (panel: ConfigPanel) => ReactNode }) {
  const { t } = useTranslation()
  const render = (panel: ConfigPanel) => (
    <Panel key={panel.title} title={t(`scanConfig.${panel.title}`)}>
      {children(panel)}
    </Panel>
  )
  return (
    <>
      <div className={classes.fields}>
        {CONFIG_COLUMNS.map((panels) => (
          <div key={panels[0]?.title} className={classes.form}>
            {panels.map(render)}
          </div>
        ))}
      </div>
      {render(SCOPE_PANEL)}
    </>
  )
}
