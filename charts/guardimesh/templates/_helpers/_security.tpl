{{/* Kubernetes' "restricted" standard, for a pod. */}}
{{- define "guardimesh.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* The same for a container. Takes whether its root file system is read-only. */}}
{{- define "guardimesh.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: {{ . }}
capabilities:
  drop: [ALL]
{{- end }}

{{/* What kube-score would like otherwise of every pod: images are named by digest, so pulling one again cannot change it, and without a
     registry nothing is pulled at all. Takes more checks that are left out, each with its comma in front and its reason beside it. */}}
{{- define "guardimesh.scoreExceptions" -}}
kube-score/ignore: container-image-pull-policy{{ . }}
{{- end }}
