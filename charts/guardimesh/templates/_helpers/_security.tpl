{{/* Pod security context for the Pod Security Standard "restricted". */}}
{{- define "guardimesh.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* The same for a container. Parameter: whether the root file system is read-only. */}}
{{- define "guardimesh.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: {{ . }}
capabilities:
  drop: [ALL]
{{- end }}

{{/* kube-score exceptions of all pods: images are referenced by digest, so another pull policy changes nothing, and without a registry
     nothing is pulled. Parameter: further checks to ignore, each with a leading comma; the caller states the reason. */}}
{{- define "guardimesh.scoreExceptions" -}}
kube-score/ignore: container-image-pull-policy{{ . }}
{{- end }}
