{{- define "status.store" -}}
status:
  type: object
  properties:
    capabilities: {type: string}
    conditions:
      type: array
      items:
        type: object
        required: [status, type]
        properties:
          lastTransitionTime: {type: string, format: date-time}
          message: {type: string}
          reason: {type: string}
          status: {type: string}
          type: {type: string}
{{- end }}

{{- define "selector" -}}
type: object
properties:
  key: {type: string, minLength: 1, maxLength: 253, pattern: '^[-._a-zA-Z0-9]+$'}
  name: {type: string, minLength: 1, maxLength: 253}
  namespace: {type: string, minLength: 1, maxLength: 63}
{{- end }}

{{- define "store" -}}
type: object
properties:
  apiVersion: {type: string}
  kind: {type: string}
  metadata: {type: object}
  spec:
    type: object
    required: [provider]
    properties:
      conditions:
        type: array
        items:
          type: object
          properties:
            namespaces: {type: array, items: {type: string}}
      controller: {type: string}
      provider:
        type: object
        minProperties: 1
        maxProperties: 1
        properties:
          aws:
            type: object
            required: [region, service]
            properties:
              auth:
                type: object
                properties:
                  secretRef:
                    type: object
                    properties:
                      accessKeyIDSecretRef: {{- include "selector" . | nindent 24 }}
                      secretAccessKeySecretRef: {{- include "selector" . | nindent 24 }}
              prefix: {type: string}
              region: {type: string}
              role: {type: string}
              service: {type: string, enum: [SecretsManager, ParameterStore]}
          vault:
            type: object
            required: [server]
            properties:
              auth:
                type: object
                properties:
                  tokenSecretRef: {{- include "selector" . | nindent 20 }}
              path: {type: string}
              server: {type: string}
              version: {type: string, enum: [v1, v2], default: v2}
      refreshInterval: {type: integer}
  {{- include "status.store" . | nindent 2 }}
{{- end }}

{{- define "externalsecret" -}}
type: object
properties:
  apiVersion: {type: string}
  kind: {type: string}
  metadata: {type: object}
  spec:
    type: object
    properties:
      data:
        type: array
        items:
          type: object
          required: [remoteRef, secretKey]
          properties:
            remoteRef:
              type: object
              required: [key]
              properties:
                conversionStrategy: {type: string, enum: [Default, Unicode], default: Default}
                decodingStrategy: {type: string, enum: [Auto, Base64, Base64URL, None], default: None}
                key: {type: string}
                metadataPolicy: {type: string, enum: [None, Fetch], default: None}
                property: {type: string}
                version: {type: string}
            secretKey: {type: string, minLength: 1, maxLength: 253, pattern: '^[-._a-zA-Z0-9]+$'}
      refreshInterval: {type: string, default: 1h0m0s}
      refreshPolicy: {type: string, enum: [CreatedOnce, Periodic, OnChange]}
      secretStoreRef:
        type: object
        properties:
          kind: {type: string, enum: [SecretStore, ClusterSecretStore]}
          name: {type: string, minLength: 1, maxLength: 253}
      target:
        type: object
        default: {creationPolicy: Owner, deletionPolicy: Retain}
        properties:
          creationPolicy: {type: string, enum: [Owner, Orphan, Merge, None, CreateOrMerge], default: Owner}
          deletionPolicy: {type: string, enum: [Delete, Merge, Retain], default: Retain}
          immutable: {type: boolean}
          name: {type: string, minLength: 1, maxLength: 253}
          template:
            type: object
            properties:
              metadata:
                type: object
                properties:
                  annotations: {type: object, additionalProperties: {type: string}}
                  labels: {type: object, additionalProperties: {type: string}}
              type: {type: string}
  status:
    type: object
    properties:
      binding:
        type: object
        default: {name: ""}
        x-kubernetes-map-type: atomic
        properties:
          name: {type: string, default: ""}
      conditions:
        type: array
        items:
          type: object
          required: [status, type]
          properties:
            lastTransitionTime: {type: string, format: date-time}
            message: {type: string}
            reason: {type: string}
            status: {type: string}
            type: {type: string, enum: [Ready, Deleted]}
      refreshTime: {type: string, format: date-time, nullable: true}
      syncedResourceVersion: {type: string}
{{- end }}

{{- define "unserved" -}}
type: object
properties:
  apiVersion: {type: string}
  kind: {type: string}
  metadata: {type: object}
  spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
  status: {type: object, x-kubernetes-preserve-unknown-fields: true}
{{- end }}
