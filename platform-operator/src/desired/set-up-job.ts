import { componentName, USER_IDS } from '@guardimesh/contracts'
import { databaseParts } from './database.js'
import { child, contentHash, type KubeObject } from './object.js'
import { ingestionKeySecret, type PlatformSettings } from './platform-settings.js'
import { emptyDir, environment, mount, podTemplate, secretFiles } from './pod.js'
import { DEFAULT_RESOURCES, mergeResources } from './resources.js'

/** Component label of the Job. */
export const SET_UP = 'set-up'
const EXIT_CONFIG = 78
const EXIT_SCHEMA_NEWER = 3

/**
 * The Job that migrates the database, creates the first administrator and registers the API key of the scanners. Its name contains a hash
 * of all inputs, so a change creates another Job. Pure.
 */
export function setUpJob(settings: PlatformSettings): KubeObject {
  const { owner, spec } = settings
  const database = databaseParts(settings, settings.database)
  const template = podTemplate(settings, {
    component: SET_UP,
    userId: USER_IDS[SET_UP],
    serviceAccountName: componentName(owner.name, 'backend'),
    settings: spec.backend,
    containers: [
      {
        name: SET_UP,
        image: 'backend',
        args: ['--enable-source-maps', 'backend/dist/set-up.js'],
        env: [
          ...database.env,
          ...environment({
            FIRST_ADMIN_EMAIL: spec.administrator.email,
            ADMIN_PASSWORD_FILE: '/secrets/administrator/password',
            INGESTION_KEY_FILE: '/secrets/ingestion-key/api-key',
          }),
        ],
        resources: mergeResources(DEFAULT_RESOURCES[SET_UP], undefined),
        mounts: [
          ...database.mounts,
          mount('administrator', '/secrets/administrator', true),
          mount('ingestion-key', '/secrets/ingestion-key', true),
          mount('tmp', '/tmp'),
        ],
      },
    ],
    volumes: [
      ...database.volumes,
      secretFiles('administrator', settings.administratorSecret, ['password']),
      secretFiles('ingestion-key', ingestionKeySecret(owner.name), ['api-key']),
      emptyDir('tmp'),
    ],
    extra: { restartPolicy: 'Never' },
  })
  const hash = contentHash([template, settings.database.hash, settings.setUpInputs]).slice(0, 10)
  return child(
    owner,
    { apiVersion: 'batch/v1', kind: 'Job', name: `${owner.name}-${SET_UP}-${hash}`, component: SET_UP },
    { spec: { backoffLimit: 4, activeDeadlineSeconds: 3600, podFailurePolicy: POD_FAILURE_POLICY, template } },
  )
}

/** Another attempt would not help with an invalid configuration or a newer schema. */
const POD_FAILURE_POLICY = {
  rules: [
    { action: 'FailJob', onExitCodes: { containerName: SET_UP, operator: 'In', values: [EXIT_SCHEMA_NEWER, EXIT_CONFIG] } },
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
  ],
}
