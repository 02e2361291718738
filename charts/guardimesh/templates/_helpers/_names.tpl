{{/* Labels of all objects of the chart. Parameters (dict): root, component. */}}
{{- define "guardimesh.labels" -}}
{{ include "guardimesh.selector" . }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: guardimesh
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name (.root.Chart.Version | replace "+" "_") }}
{{- end }}

{{/* Labels that select the pods of a component. Parameters (dict): root, component. */}}
{{- define "guardimesh.selector" -}}
app.kubernetes.io/name: guardimesh-{{ .component }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}
