import { expect, test } from 'vitest'
import { ReceiverAddresses } from './receiver-addresses.js'

test.each([
  { serviceHost: undefined, allowed: [], address: '10.96.0.1', isAllowed: true },
  ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '169.254.169.254', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'ff02::1'].map(
    (address) => ({ serviceHost: undefined, allowed: [], address, isAllowed: false }),
  ),
  { serviceHost: undefined, allowed: [], address: '::ffff:127.0.0.1', isAllowed: false },
  { serviceHost: undefined, allowed: [], address: '::ffff:7f00:1', isAllowed: false },
  { serviceHost: undefined, allowed: [], address: '192.168.1.7', isAllowed: true },
  { serviceHost: undefined, allowed: [], address: 'fd00::7', isAllowed: true },
  { serviceHost: undefined, allowed: ['127.0.0.1', 'fe80::/10'], address: '127.0.0.1', isAllowed: true },
  { serviceHost: undefined, allowed: ['127.0.0.1', 'fe80::/10'], address: '127.0.0.2', isAllowed: false },
  { serviceHost: undefined, allowed: ['127.0.0.1', 'fe80::/10'], address: 'fe80::5', isAllowed: true },
  // kubeadm: 10.96.0.0/12; k3s: 10.43.0.0/16; MicroK8s: 10.152.183.0/24.
  { serviceHost: '10.96.0.1', allowed: [], address: '10.111.255.254', isAllowed: false },
  { serviceHost: '10.96.0.1', allowed: [], address: '10.112.0.1', isAllowed: true },
  { serviceHost: '10.96.0.1', allowed: ['10.100.1.0/24'], address: '10.100.1.7', isAllowed: true },
  { serviceHost: '10.43.0.1', allowed: [], address: '10.43.7.7', isAllowed: false },
  { serviceHost: '10.43.0.1', allowed: [], address: '10.42.7.7', isAllowed: true },
  { serviceHost: '10.152.183.1', allowed: [], address: '10.152.183.99', isAllowed: false },
  { serviceHost: '10.152.183.1', allowed: [], address: '10.152.184.1', isAllowed: true },
  { serviceHost: 'fd00:10:96::1', allowed: [], address: 'fd00:10:96::beef', isAllowed: false },
])('$address with services at $serviceHost and $allowed allowed: $isAllowed', ({ serviceHost, allowed, address, isAllowed }) =>
  expect(new ReceiverAddresses(allowed, serviceHost).isAllowed(address)).toBe(isAllowed),
)
