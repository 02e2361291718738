import { ReadOnlyNote, SignaturesFrame } from '../SignaturesFrame.js'
import classes from '../signatures.module.css'
import { AcceptedFilesPanel } from './AcceptedFilesPanel.js'
import { CommandLinePanel } from './CommandLinePanel.js'
import { SourcesSection } from './SourcesSection.js'
import { UploadPanel } from './UploadPanel.js'

/** Import into an offline cluster: upload, command line, or kubectl cp. */
export function ImportPage() {
  return (
    <SignaturesFrame screen="import">
      {({ server }) => (
        <>
          <ReadOnlyNote />
          <UploadPanel server={server} />
          <SourcesSection server={server} />
          <div className={classes.columns}>
            <CommandLinePanel />
            <AcceptedFilesPanel server={server} />
          </div>
        </>
      )}
    </SignaturesFrame>
  )
}
