# etcd, API server, controller manager, scheduler and registry: plain processes in the namespace gm-cp.

CONTROL_PLANE_PARTS='etcd apiserver controller-manager scheduler'

start_part() {
  is_stopped "$1" || return 0
  case "$1" in
    etcd) start_etcd ;;
    apiserver) start_apiserver ;;
    controller-manager) start_controller_manager ;;
    scheduler) start_scheduler ;;
    registry) start_registry ;;
  esac
  wait_until 60 "$1 is ready" has_settled "$1"
  ! is_stopped "$1" || fail "$1 ended during its start. Log: $STATE/log/$1.log"
}

# A component that ended will not become ready.
has_settled() { is_stopped "$1" || is_ready "$1"; }

is_ready() {
  case "$1" in
    etcd) in_control_plane bash -c 'exec 3<>/dev/tcp/127.0.0.1/2379' ;;
    apiserver) kubectl get --raw /readyz ;;
    registry) in_control_plane bash -c "exec 3<>/dev/tcp/${REGISTRY/:/\/}" ;;
  esac
}

in_background() { start_process "$1" nsenter --net=/run/netns/gm-cp "${@:2}"; }

start_etcd() {
  # The data is deleted with the cluster, so durability is not needed.
  in_background etcd "$BIN/etcd" --data-dir="$STATE/etcd" --unsafe-no-fsync --log-level=warn \
    --listen-client-urls=http://127.0.0.1:2379 --advertise-client-urls=http://127.0.0.1:2379 --listen-peer-urls=http://127.0.0.1:2380
}

start_apiserver() {
  local pki="$STATE/pki"
  in_background apiserver "$BIN/kube-apiserver" --etcd-servers=http://127.0.0.1:2379 --allow-privileged --enable-aggregator-routing \
    --bind-address="$CONTROL_PLANE_IP" --advertise-address="$CONTROL_PLANE_IP" --secure-port=6443 --service-cluster-ip-range="$SERVICE_RANGE" \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction,PodSecurity \
    --client-ca-file="$pki/ca.crt" --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-key-file="$pki/sa.pub" --service-account-signing-key-file="$pki/sa.key" \
    --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
    --kubelet-client-certificate="$pki/kubelet-client.crt" --kubelet-client-key="$pki/kubelet-client.key" \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" \
    --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy-client \
    --requestheader-extra-headers-prefix=X-Remote-Extra- --requestheader-group-headers=X-Remote-Group --requestheader-username-headers=X-Remote-User
}

start_controller_manager() {
  local pki="$STATE/pki"
  # A node whose lease is older than the grace period is NotReady; shorter than the default of 50 s, to speed up tests.
  in_background controller-manager "$BIN/kube-controller-manager" --kubeconfig="$pki/controller-manager.conf" --leader-elect=false \
    --use-service-account-credentials --service-cluster-ip-range="$SERVICE_RANGE" --root-ca-file="$pki/ca.crt" \
    --service-account-private-key-file="$pki/sa.key" --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" \
    --node-monitor-period=2s --node-monitor-grace-period=20s
}

start_scheduler() { in_background scheduler "$BIN/kube-scheduler" --kubeconfig="$STATE/pki/scheduler.conf" --leader-elect=false; }

# A registry with TLS of the cluster's authority; name and password are in registry/user and registry/password.
start_registry() {
  local folder="$STATE/registry"
  if [ ! -e "$folder/password" ]; then
    mkdir -p "$folder/data"
    echo guardimesh >"$folder/user"
    openssl rand -hex 16 >"$folder/password"
    # Perl's crypt uses libcrypt, which supports bcrypt, the only hash that the registry accepts.
    printf '%s:%s\n' guardimesh "$(perl -e 'print crypt($ARGV[0], "\$2b\$05\$" . substr($ARGV[1], 0, 22))' "$(cat "$folder/password")" "$(openssl rand -hex 11)")" >"$folder/htpasswd"
    cat >"$folder/config.yaml" <<CONFIG
version: 0.1
storage: { filesystem: { rootdirectory: $folder/data }, delete: { enabled: true } }
http: { addr: "$REGISTRY", tls: { certificate: $STATE/pki/registry.crt, key: $STATE/pki/registry.key } }
auth: { htpasswd: { realm: guardimesh-cluster, path: $folder/htpasswd } }
CONFIG
  fi
  in_background registry "$BIN/registry" serve "$folder/config.yaml"
}
