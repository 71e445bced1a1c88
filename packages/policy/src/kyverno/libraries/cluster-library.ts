import { library } from '../../cel/function-declaration.ts';
import { opaqueType } from '../../cel/type.ts';
import { CelOpaque, CelUnknown } from '../../cel/value.ts';

/** The type of the variable `http`. */
export const HTTP = opaqueType('kyverno.Http');
/** The type of the variable `globalContext`. */
export const GLOBAL_CONTEXT = opaqueType('kyverno.GlobalContext');
/** The type of the variable `yaml`. */
export const YAML = opaqueType('kyverno.Yaml');

/** There are no such values: the variables themselves are unknown. */
abstract class Elsewhere extends CelOpaque {}

const unknown = (reason: string) => (): CelUnknown => new CelUnknown([reason]);

const http = unknown('what a server answers is known to the network only');
const global = unknown('the global context is known to the cluster only');
const chance = unknown('random text is different each time');
const clock = unknown('the time of the request is known to the cluster only');
const certificate = unknown('certificates are not taken apart here');
const archive = unknown('nothing is packed or unpacked here');
const yaml = unknown('YAML inside of values is not parsed here');

/**
 * Functions of Kyverno whose answer depends on the network, the cluster, the clock or chance, or that are not
 * computed here (kyverno/sdk, cel/libs), so that what uses them compiles: whatever depends on them is unknown.
 */
export const clusterLibrary = library('kyverno.cluster', {
  types: {
    Http: { type: HTTP, class: Elsewhere },
    GlobalContext: { type: GLOBAL_CONTEXT, class: Elsewhere },
    Yaml: { type: YAML, class: Elsewhere },
  },
  functions: {
    'Http.Get(string): dyn': http,
    'Http.Get(string, map<string,string>): dyn': http,
    'Http.Post(string, dyn): dyn': http,
    'Http.Post(string, dyn, map<string,string>): dyn': http,
    'Http.Client(string): Http': http,
    'Http.get(string): dyn': http,
    'Http.get(string, map<string,string>): dyn': http,
    'Http.post(string, dyn): dyn': http,
    'Http.post(string, dyn, map<string,string>): dyn': http,
    'Http.client(string): Http': http,
    'GlobalContext.Get(string): dyn': global,
    'GlobalContext.Get(string, string): dyn': global,
    'GlobalContext.get(string): dyn': global,
    'GlobalContext.get(string, string): dyn': global,
    'Yaml.parse(string): dyn': yaml,
    'random(): string': chance,
    'random(string): string': chance,
    'random.random(): string': chance,
    'random.random(string): string': chance,
    'time.now(): timestamp': clock,
    'x509.decode(string): dyn': certificate,
    'gzip.compress(dyn): bytes': archive,
    'gzip.decompress(bytes): string': archive,
  },
});
