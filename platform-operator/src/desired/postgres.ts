import { componentName, PORTS } from '@guardimesh/contracts'
import { DATABASE_NAME, DATABASE_USER, postgresPasswordSecret } from './database.js'
import { child, type KubeObject, selectorLabels } from './object.js'
import type { PlatformSettings } from './platform-settings.js'
import { claim, emptyDir, environment, mount, podTemplate, port, secretFiles } from './pod.js'
import { DEFAULT_RESOURCES, mergeResources } from './resources.js'
import { TLS_KEYS, tlsSecretName } from './tls-names.js'

const DATA_FOLDER = '/var/lib/postgresql/data'
/** Folder of the server's socket, which exists only after the image has initialized the database. */
const SOCKET_FOLDER = '/tmp'

/** StatefulSet of the bundled PostgreSQL. A new image or password replaces its only pod. Pure. */
export function postgresStatefulSet(settings: PlatformSettings): KubeObject {
  const { owner } = settings
  const name = componentName(owner.name, 'postgres')
  return child(
    owner,
    { apiVersion: 'apps/v1', kind: 'StatefulSet', name, component: 'postgres' },
    {
      spec: {
        replicas: 1,
        serviceName: name,
        revisionHistoryLimit: 3,
        updateStrategy: { type: 'RollingUpdate' },
        selector: { matchLabels: selectorLabels(owner, 'postgres') },
        template: postgresTemplate(settings, name),
      },
    },
  )
}

function postgresTemplate(settings: PlatformSettings, name: string) {
  const { owner, spec } = settings
  const isServing = { exec: { command: ['pg_isready', '--quiet', `--host=${SOCKET_FOLDER}`] } }
  return podTemplate(settings, {
    component: 'postgres',
    serviceAccountName: name,
    settings: spec.database.bundled,
    inputs: [settings.database.hash],
    graceSeconds: 120,
    containers: [
      {
        name: 'postgres',
        image: 'postgres',
        env: environment({
          PGDATA: DATA_FOLDER,
          POSTGRES_DATABASE: DATABASE_NAME,
          POSTGRES_USER: DATABASE_USER,
          PASSWORD_FILE: '/secrets/database/password',
          TLS_CERTIFICATE_FILE: '/tls/server/tls.crt',
          TLS_KEY_FILE: '/tls/server/tls.key',
        }),
        ports: [port('postgres', PORTS.postgres)],
        resources: mergeResources(DEFAULT_RESOURCES.postgres, spec.database.bundled.resources),
        mounts: [
          mount('data', DATA_FOLDER),
          mount('database', '/secrets/database', true),
          mount('tls', '/tls/server', true),
          mount('tmp', SOCKET_FOLDER),
          mount('shared-memory', '/dev/shm'),
        ],
        probes: {
          // After a crash, PostgreSQL may replay its log for minutes before it accepts connections.
          startupProbe: { ...isServing, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 900 },
          // During the replay, the port is open although connections are rejected.
          livenessProbe: { tcpSocket: { port: 'postgres' }, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
          readinessProbe: { ...isServing, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
        },
      },
    ],
    volumes: [
      claim('data', name),
      secretFiles('database', postgresPasswordSecret(owner.name), ['password']),
      secretFiles('tls', tlsSecretName(owner.name, 'postgres'), TLS_KEYS),
      emptyDir('tmp'),
      emptyDir('shared-memory', { medium: 'Memory', sizeLimit: '256Mi' }),
    ],
  })
}
