{{/*
Environment variables for a group of the operator's options: minRefreshInterval becomes
LOCKSTEP_MIN_REFRESH_INTERVAL. What is empty is left to the operator.
*/}}
{{- define "lockstep.options" -}}
{{- $prefix := .prefix -}}
{{- range $name, $value := .group }}
{{- $variable := printf "%s_%s" $prefix ($name | snakecase | upper) }}
{{- if kindIs "map" $value }}
{{- include "lockstep.options" (dict "prefix" $variable "group" $value) }}
{{- else if ne (toString $value) "" }}
- {name: {{ $variable }}, value: {{ $value | quote }}}
{{- end }}
{{- end }}
{{- end }}
