{{/* Settings of every pod of the chart: credentials of the registry, user and group, placement. Parameters (dict): root, userId,
     isOperator. Hooks and tests get the node affinity only: rules between the operator's own pods must not keep them from a node. */}}
{{- define "guardimesh.podSettings" -}}
{{- $operator := .root.Values.operator -}}
{{- $affinity := ternary $operator.affinity (pick $operator.affinity "nodeAffinity") (.isOperator | default false) -}}
securityContext:
  {{- include "guardimesh.podSecurityContext" . | nindent 2 }}
{{- with .root.Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $operator.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $operator.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $operator.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}
