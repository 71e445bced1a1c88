import { type Digest, digestOfText } from '../digest/digest.ts';
import type { Json } from '../json/json.ts';
import { type Traced, toJson } from '../provenance/traced.ts';
import { writeYaml } from '../yaml/write-yaml.ts';
import { manifestFile, type ObjectIdentity } from './manifest-path.ts';

/**
 * An object with its one owner, wherever it is deployed: what several targets have is one. Its value, text and digest are
 * made once, when somebody asks; `validate` needs none of them.
 */
export class OwnedObject {
  readonly identity: ObjectIdentity;
  readonly node: Traced;
  /** Where it lies below its target's folder. */
  readonly file: string;
  private ownJson: Json | undefined;
  private ownText: string | undefined;
  private ownDigest: Digest | undefined;

  constructor(identity: ObjectIdentity, node: Traced, service: string, file = manifestFile(service, identity)) {
    this.identity = identity;
    this.node = node;
    this.file = file;
  }

  /** The same object with other fields. */
  patched(node: Traced): OwnedObject {
    return new OwnedObject(this.identity, node, '', this.file);
  }

  get json(): Json {
    this.ownJson ??= toJson(this.node);
    return this.ownJson;
  }

  /** Canonical YAML. */
  get text(): string {
    this.ownText ??= writeYaml(this.json);
    return this.ownText;
  }

  /** Of the text. */
  get digest(): Digest {
    this.ownDigest ??= digestOfText(this.text);
    return this.ownDigest;
  }
}
