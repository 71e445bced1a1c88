/**
 * The version of the conversion of Score to Kubernetes, of strategic merging and of the YAML writer. A lock
 * names the one that its service is rendered with; a new one never changes what a locked service renders.
 */
export const rendererVersion = '2';
/** Every version that this tool still renders with: no lock of a released tool is ever left behind. */
export const knownRenderers: readonly string[] = ['1', rendererVersion];
