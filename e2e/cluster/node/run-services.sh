#!/bin/bash
# Runs the processes of a node: container runtime, kubelet, kube-proxy. Restarts each when it ends, like systemd.
#
#   run-services.sh NODE STATE CACHE ADDRESS POD-RANGE
set -euo pipefail
node=$1 state=$2 bin="$3/bin" address=$4 pod_range=$5
pki="$state/pki"

main() {
  ip link set lo up
  mkdir -p /etc/containerd /etc/kubernetes
  write_containerd_config
  write_kubernetes_config
  keep_running containerd containerd --config=/etc/containerd/config.toml
  until ctr version >/dev/null 2>&1; do sleep 0.1; done
  import_images
  keep_running proxy "$bin/kube-proxy" --config=/etc/kubernetes/proxy.yaml
  keep_running kubelet "$bin/kubelet" --config=/etc/kubernetes/kubelet.yaml --kubeconfig="$pki/$node.conf" --hostname-override="$node" --node-ip="$address"
  wait
}

# keep_running <name> <command…>: in the background; the pause limits the log of a process that cannot start.
keep_running() {
  while true; do
    "${@:2}" >>"$state/log/$node-$1.log" 2>&1 || true
    sleep 1
  done &
}

# The disk keeps the images, so existing names are skipped.
import_images() {
  local archive known
  known=$(ctr -n k8s.io images list -q)
  for archive in "$state"/images/*.tar; do
    grep -q "/$(basename "$archive" .tar):1$" <<<"$known" || ctr -n k8s.io images import "$archive"
  done
}

write_containerd_config() {
  local registry=/etc/containerd/certs.d/10.99.0.1:5000
  # restrict_oom_score_adj: some machines cannot raise that score.
  cat >/etc/containerd/config.toml <<CONFIG
version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "guardimesh-cluster.local/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "/etc/containerd/certs.d"
CONFIG
  mkdir -p "$registry"
  printf 'server = "https://10.99.0.1:5000"\n[host."https://10.99.0.1:5000"]\n  ca = "%s"\n' "$pki/ca.crt" >"$registry/hosts.toml"
  cat >/etc/cni/net.d/10-bridge.conflist <<CONFIG
{"cniVersion":"1.0.0","name":"pods","plugins":[
 {"type":"bridge","bridge":"cni0","isGateway":true,"ipMasq":true,"hairpinMode":true,"ipam":{"type":"host-local","ranges":[[{"subnet":"$pod_range"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
CONFIG
}

write_kubernetes_config() {
  cat >/etc/kubernetes/kubelet.yaml <<CONFIG
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: $pki/ca.crt } }
authorization: { mode: Webhook }
cgroupDriver: cgroupfs
cgroupRoot: /gm-$node
clusterDomain: cluster.local
clusterDNS: [10.96.0.10]
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
evictionHard: { memory.available: 100Mi }
failSwapOn: false
# The lease is renewed every 5 s: the grace period of the controller manager is 20 s.
nodeLeaseDurationSeconds: 20
oomScoreAdj: 0
tlsCertFile: $pki/$node.crt
tlsPrivateKeyFile: $pki/$node.key
CONFIG
  cat >/etc/kubernetes/proxy.yaml <<CONFIG
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clusterCIDR: 10.244.0.0/16
hostnameOverride: $node
clientConnection: { kubeconfig: $pki/proxy.conf }
# The size of the connection table is a setting of the machine, not of a namespace.
conntrack: { maxPerCore: 0, min: 0 }
CONFIG
}

main
