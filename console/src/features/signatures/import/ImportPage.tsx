import { ChangeNote, SignaturesFrame } from '../SignaturesFrame.js'
import classes from '../signatures.module.css'
import { ManualImportPanel } from './ManualImportPanel.js'
import { RemovableSourcesPanel } from './RemovableSourcesPanel.js'
import { SourcesSection } from './SourcesSection.js'
import { UploadPanel } from './UploadPanel.js'

/** The ways into a cluster without internet: from this browser, with the command line, by copying into the pod. */
export function ImportPage() {
  return (
    <SignaturesFrame screen="import">
      {({ server }) => (
        <>
          <ChangeNote />
          <UploadPanel server={server} />
          <div className={classes.columns}>
            <ManualImportPanel />
            <RemovableSourcesPanel server={server} />
          </div>
          <SourcesSection server={server} />
        </>
      )}
    </SignaturesFrame>
  )
}
