/**
 * The JSON Schema that Backstage's Scaffolder checks a Template by, for the tests alone: the rules of
 * `Template.v1beta3.schema.json` in `@backstage/plugin-scaffolder-common` 2.3.0 (Copyright The Backstage Authors,
 * Apache-2.0), without its descriptions and examples. The package itself would bring a hundred others with it.
 */
export const scaffolderTemplateSchema = {
  $id: 'TemplateV1beta3',
  allOf: [
    {
      $ref: 'Entity',
    },
    {
      type: 'object',
      required: ['spec'],
      properties: {
        apiVersion: {
          enum: ['scaffolder.backstage.io/v1beta3'],
        },
        kind: {
          enum: ['Template'],
        },
        spec: {
          type: 'object',
          required: ['type', 'steps'],
          properties: {
            type: {
              type: 'string',
              minLength: 1,
            },
            owner: {
              type: 'string',
              minLength: 1,
            },
            lifecycle: {
              type: 'string',
              minLength: 1,
            },
            parameters: {
              oneOf: [
                {
                  type: 'object',
                  properties: {
                    'backstage:permissions': {
                      type: 'object',
                      properties: {
                        tags: {
                          type: 'array',
                          items: {
                            type: 'string',
                          },
                        },
                      },
                    },
                  },
                },
                {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: {
                      'backstage:permissions': {
                        type: 'object',
                        properties: {
                          tags: {
                            type: 'array',
                            items: {
                              type: 'string',
                            },
                          },
                        },
                      },
                    },
                  },
                },
              ],
            },
            secrets: {
              type: 'object',
              properties: {
                schema: {
                  type: 'object',
                },
              },
            },
            presentation: {
              type: 'object',
              properties: {
                buttonLabels: {
                  type: 'object',
                  properties: {
                    backButtonText: {
                      type: 'string',
                    },
                    createButtonText: {
                      type: 'string',
                    },
                    reviewButtonText: {
                      type: 'string',
                    },
                  },
                },
              },
            },
            EXPERIMENTAL_recovery: {
              type: 'object',
              properties: {
                EXPERIMENTAL_strategy: {
                  type: 'string',
                },
              },
            },
            formDecorators: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  id: {
                    type: 'string',
                  },
                  input: {
                    type: 'object',
                  },
                },
              },
            },
            EXPERIMENTAL_formDecorators: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  id: {
                    type: 'string',
                  },
                  input: {
                    type: 'object',
                  },
                },
              },
            },
            steps: {
              type: 'array',
              items: {
                type: 'object',
                required: ['action'],
                properties: {
                  id: {
                    type: 'string',
                  },
                  name: {
                    type: 'string',
                  },
                  action: {
                    type: 'string',
                  },
                  input: {
                    type: 'object',
                  },
                  if: {
                    type: ['string', 'boolean'],
                  },
                  'backstage:permissions': {
                    type: 'object',
                    properties: {
                      tags: {
                        type: 'array',
                        items: {
                          type: 'string',
                        },
                      },
                    },
                  },
                },
              },
            },
            output: {
              type: 'object',
              properties: {
                links: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: [],
                    properties: {
                      if: {
                        type: ['string', 'boolean'],
                      },
                      url: {
                        type: 'string',
                        minLength: 1,
                      },
                      entityRef: {
                        type: 'string',
                        minLength: 1,
                      },
                      title: {
                        type: 'string',
                        minLength: 1,
                      },
                      icon: {
                        type: 'string',
                        minLength: 1,
                      },
                    },
                  },
                },
                text: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: [],
                    properties: {
                      if: {
                        type: ['string', 'boolean'],
                      },
                      title: {
                        type: 'string',
                        minLength: 1,
                      },
                      icon: {
                        type: 'string',
                        minLength: 1,
                      },
                      content: {
                        type: 'string',
                      },
                    },
                  },
                },
              },
              additionalProperties: {
                type: 'string',
              },
            },
          },
        },
      },
    },
  ],
} as const;
