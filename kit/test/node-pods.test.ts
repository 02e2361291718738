import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { KubeConfig } from '@kubernetes/client-node'
import { expect, test, vi } from 'vitest'
import { nodePods } from '../src/kube/node-pods.js'
import { createLogger } from '../src/log/logger.js'

const pod = (name: string, version: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    uid: `uid-${name}`,
    resourceVersion: String(version),
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'u', controller: true }],
  },
  status: { podIP: '10.0.0.7' },
})

/** Serves list and watch of the Kubernetes API over real HTTP. */
async function startApiServer() {
  const state = { listed: [pod('a', 5)], lists: 0, queries: [] as URLSearchParams[], watches: [] as ServerResponse[] }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://server')
    state.queries.push(url.searchParams)
    response.writeHead(200, { 'content-type': 'application/json' })
    if (url.searchParams.get('watch') === 'true') {
      response.flushHeaders()
      state.watches.push(response)
      return
    }
    state.lists += 1
    response.end(JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '9' }, items: state.listed }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const kubeConfig = new KubeConfig()
  kubeConfig.loadFromOptions({
    clusters: [{ name: 'c', server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, skipTLSVerify: true }],
    users: [{ name: 'u' }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  })
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  const sendEvent = (type: string, object: unknown) => state.watches.at(-1)?.write(`${JSON.stringify({ type, object })}\n`)
  return { state, kubeConfig, sendEvent, close }
}

test('lists and watches the pods of the node, and lists them again after each kind of failure', async () => {
  const { state, kubeConfig, sendEvent, close } = await startApiServer()
  const stop = new AbortController()
  const informer = nodePods({ nodeName: 'node-1', kubeConfig, log: createLogger('test', 'silent'), onChange: () => {} })
  const running = informer.run(stop.signal)
  const names = () => [...informer.items.values()].map(({ name }) => name).sort()
  const eventually = (assert: () => void) => vi.waitFor(assert, { timeout: 10_000, interval: 10 })
  await eventually(() => expect(state.watches).toHaveLength(1))
  expect(informer.items.get('uid-a')).toEqual({ uid: 'uid-a', namespace: 'shop', name: 'a', owner: 'ReplicaSet/web-1', podIp: '10.0.0.7' })
  expect(state.queries.every((query) => query.get('fieldSelector') === 'spec.nodeName=node-1')).toBe(true)
  expect(state.queries.at(-1)?.get('resourceVersion')).toBe('9')

  sendEvent('ADDED', pod('b', 10))
  sendEvent('DELETED', pod('a', 11))
  await eventually(() => expect(names()).toEqual(['b']))

  // The server ends the watch normally, so the next watch resumes.
  state.watches.at(-1)?.end()
  await eventually(() => expect(state.watches).toHaveLength(2))
  expect(state.queries.at(-1)?.get('resourceVersion')).toBe('11')
  expect(state.lists).toBe(1)

  // The version has expired, so the informer lists again.
  state.listed = [pod('c', 50)]
  sendEvent('ERROR', { kind: 'Status', code: 410, message: 'too old resource version' })
  await eventually(() => expect(names()).toEqual(['c']))

  // The connection breaks.
  await eventually(() => expect(state.watches).toHaveLength(3))
  state.listed = [pod('d', 60)]
  state.watches.at(-1)?.destroy()
  await eventually(() => expect(names()).toEqual(['d']))

  stop.abort()
  await running
  close()
})
