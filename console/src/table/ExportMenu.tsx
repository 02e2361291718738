import { EXPORT_FORMATS, EXPORT_PATHS, type ExportedList } from '@guardimesh/contracts'
import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { withQuery } from '../api/client.js'

interface ExportMenuProps {
  list: ExportedList
  /** Returns filters and order of the list as query parameters of the API; called when the menu opens, for times that are relative to now. */
  queryOf: () => Readonly<Record<string, string | undefined>>
}

/** Saves the list as a file, with all rows that match its filters. */
export function ExportMenu({ list, queryOf }: ExportMenuProps) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
          {t('export.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {EXPORT_FORMATS.map((format) => (
          <Menu.Item
            key={format}
            component="a"
            href={withQuery(EXPORT_PATHS[list], { ...queryOf(), format })}
            // Another tab shows why an export was refused; it closes by itself when a file is saved.
            target="_blank"
            rel="noreferrer"
          >
            {t(`export.format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
