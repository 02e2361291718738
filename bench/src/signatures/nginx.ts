import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '@guardimesh/dev/stack/ports.js'
import type { TestAuthority } from '@guardimesh/testbed/certificates.js'
import { startChild } from '@guardimesh/testbed/child-process.js'
import { getBody } from './server.js'

/** The peer: nginx with the same files and the same kind of certificate. */
export interface RunningNginx extends AsyncDisposable {
  readonly port: number
}

/** @param root folder to serve. */
export async function startNginx(folder: string, authority: TestAuthority, root: string): Promise<RunningNginx> {
  await mkdir(folder, { recursive: true })
  const port = await freePort(0)
  const { certificateFile, keyFile } = await authority.issue('IP:127.0.0.1')
  await writeFile(join(folder, 'nginx.conf'), buildConfiguration({ folder, root, port, certificateFile, keyFile }))
  await writeFile(join(root, 'ready'), 'ok\n')
  for (const path of [folder, root]) await chmod(path, 0o755)
  const child = await startChild({
    name: 'nginx',
    command: 'nginx',
    args: ['-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')],
    folder,
    stopSignal: 'SIGQUIT',
    isReady: async () => (await getBody(port, '/ready', authority.caFile)).length > 0,
  })
  return { port, [Symbol.asyncDispose]: () => child.stop() }
}

interface NginxSettings {
  readonly folder: string
  readonly root: string
  readonly port: number
  readonly certificateFile: string
  readonly keyFile: string
}

/** Builds a typical configuration for a mirror: one worker per processor, and sendfile where TLS allows it. Pure. */
function buildConfiguration({ folder, root, port, certificateFile, keyFile }: NginxSettings): string {
  return `daemon off;
user root;
worker_processes auto;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${certificateFile};
    ssl_certificate_key ${keyFile};
    ssl_protocols TLSv1.2 TLSv1.3;
    root ${root};
  }
}
`
}
