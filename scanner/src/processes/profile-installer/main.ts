import { runProcess } from '@guardimesh/kit'
import { readProfileInstallerConfig } from './config.js'
import { installProfiles } from './install-profiles.js'

await runProcess('profile-installer', readProfileInstallerConfig, installProfiles)
