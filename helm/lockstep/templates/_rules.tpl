{{/* All that the operator may do where it serves: in the cluster, or in a namespace. */}}
{{- define "lockstep.rules" -}}
{{- $cluster := empty .Values.scopedNamespaces -}}
{{- $clusterExternalSecrets := and $cluster .Values.processClusterExternalSecret -}}
# What is to be synced, and from where.
- apiGroups: [external-secrets.io]
  resources: [externalsecrets, secretstores{{ if $cluster }}, clustersecretstores{{ end }}{{ if $clusterExternalSecrets }}, clusterexternalsecrets{{ end }}]
  verbs: [list, watch]
# Generators that ExternalSecrets name, each watched by itself.
- apiGroups: [generators.external-secrets.io]
  resources: [ecrauthorizationtokens, fakes, passwords, sshkeys, stssessiontokens, uuids{{ if $cluster }}, clustergenerators{{ end }}]
  verbs: [get, list, watch]
# Conditions and versions, by server-side apply.
- apiGroups: [external-secrets.io]
  resources: [externalsecrets/status, secretstores/status{{ if $cluster }}, clustersecretstores/status{{ end }}{{ if $clusterExternalSecrets }}, clusterexternalsecrets/status{{ end }}]
  verbs: [patch]
# Takes External Secrets Operator's finalizer off resources that Lockstep serves now.
- apiGroups: [external-secrets.io]
  resources: [externalsecrets]
  verbs: [get, patch]
{{- if $clusterExternalSecrets }}
# The same of ClusterExternalSecrets and of the namespaces that they select.
- apiGroups: [external-secrets.io]
  resources: [clusterexternalsecrets]
  verbs: [get, patch]
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get, patch]
# The ExternalSecrets that they make (and patch), and take away again.
- apiGroups: [external-secrets.io]
  resources: [externalsecrets]
  verbs: [create, delete]
# As with externalsecrets/finalizers above, for the owner of these.
- apiGroups: [external-secrets.io]
  resources: [clusterexternalsecrets/finalizers]
  verbs: [update]
{{- end }}
# Where the API server guards owner references (OpenShift does), a Secret can only name its
# ExternalSecret as the owner with this.
- apiGroups: [external-secrets.io]
  resources: [externalsecrets/finalizers]
  verbs: [update]
# The Secrets it writes (patch for creationPolicy Merge) and the ones with AWS credentials.
# Kubernetes cannot narrow this to labelled Secrets.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, update, patch, delete]
# Those that hold templates of ExternalSecrets, each watched by its name.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch]
# The role that a ServiceAccount's annotation names, and tokens to assume that role with.
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [serviceaccounts/token]
  verbs: [create]
{{- if $cluster }}
# Labels that the conditions of a ClusterSecretStore select; namespaces that are terminating.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [list, watch]
{{- end }}
# What happened, counted up where it happens again.
- apiGroups: [""]
  resources: [events]
  verbs: [get, create, patch]
{{- if .Values.rollout.enabled }}
# Which workloads use a Secret, and their restarts, by server-side apply.
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets]
  verbs: [get, list, watch, patch]
# What they were before: so none is restarted twice.
- apiGroups: [apps]
  resources: [replicasets, controllerrevisions]
  verbs: [list, watch]
# The same of Argo Rollouts, where it is installed.
- apiGroups: [argoproj.io]
  resources: [rollouts]
  verbs: [get, list, watch, patch]
{{- end }}
{{- end }}
