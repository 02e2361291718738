# Creates the certificate authority of the cluster, and a certificate and kubeconfig for each component.

make_certificates() {
  local name
  mkdir -p "$STATE/pki"
  cd "$STATE/pki"
  openssl ecparam -name prime256v1 -genkey -noout -out ca.key
  openssl req -x509 -new -key ca.key -out ca.crt -days 3650 -subj /CN=guardimesh-cluster-ca -addext keyUsage=critical,keyCertSign,cRLSign
  openssl genrsa -out sa.key 2048
  openssl rsa -in sa.key -pubout -out sa.pub
  local service=kubernetes.default.svc
  sign apiserver /CN=kube-apiserver "DNS:kubernetes,DNS:kubernetes.default,DNS:$service,DNS:$service.cluster.local,DNS:localhost,IP:127.0.0.1,IP:10.96.0.1,IP:$CONTROL_PLANE_IP"
  sign admin /O=system:masters/CN=admin
  for name in controller-manager scheduler proxy; do sign "$name" "/CN=system:kube-$name"; done
  sign kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
  sign front-proxy /CN=front-proxy-client
  sign registry /CN=registry "IP:$CONTROL_PLANE_IP"
  for name in $(node_names); do sign "$name" "/O=system:nodes/CN=system:node:$name" "DNS:$name,IP:$(node_ip "$name")"; done
}

# sign <name> <subject> [alternative names]
sign() {
  openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
  openssl req -new -key "$1.key" -out "$1.csr" -subj "$2"
  printf 'keyUsage=digitalSignature\nextendedKeyUsage=serverAuth,clientAuth\n%s\n' "${3:+subjectAltName=$3}" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -out "$1.crt" -days 365 -extfile "$1.ext"
  cat >"$1.conf" <<CONFIG
apiVersion: v1
kind: Config
clusters: [{ name: guardimesh, cluster: { server: "$API_SERVER", certificate-authority: $STATE/pki/ca.crt } }]
users: [{ name: $1, user: { client-certificate: $STATE/pki/$1.crt, client-key: $STATE/pki/$1.key } }]
contexts: [{ name: guardimesh, context: { cluster: guardimesh, user: $1 } }]
current-context: guardimesh
CONFIG
}
