{{/* Pod security context for the Pod Security Standard "restricted". Parameter `userId`: a user that no other component has. */}}
{{- define "guardimesh.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ required "userId is missing" .userId }}
runAsGroup: {{ required "userId is missing" .userId }}
fsGroup: {{ required "userId is missing" .userId }}
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
