{{/* Egress rules for DNS and the Kubernetes API, which usually uses port 6443 behind its Service's port 443. Name servers are pods of the
     cluster (port 5353 on OpenShift) or node-local caches on their default link-local address. */}}
{{- define "guardimesh.egressToApi" -}}
- ports:
    - { port: 53, protocol: UDP }
    - { port: 53, protocol: TCP }
    - { port: 5353, protocol: UDP }
    - { port: 5353, protocol: TCP }
  to:
    - namespaceSelector: {}
    - ipBlock: { cidr: 169.254.20.10/32 }
- ports:
    - { port: 443, protocol: TCP }
    - { port: 6443, protocol: TCP }
  {{- with .Values.networkPolicy.apiServerCIDRs }}
  to:
    {{- range . }}
    - ipBlock: { cidr: {{ . | quote }} }
    {{- end }}
  {{- end }}
{{- end }}
