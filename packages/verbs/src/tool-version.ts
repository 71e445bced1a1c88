/** The version of the tool, as idp.yaml's `minimumToolVersion` compares it. */
export const toolVersion = '0.1.0';
